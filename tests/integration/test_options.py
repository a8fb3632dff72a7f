"""What can be chosen is what a brief takes: every option is tried against the brief itself."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from pydantic import ValidationError

from contracts.brief import BRIEF, Brief, SubtitleStyle
from contracts.looks import TransitionStyle
from contracts.outputs import PRESETS
from kit.settings import Settings
from tests.client import Client, Json
from tests.conftest import IMAGE_MAX, UPLOAD_MAX


@pytest.fixture(scope="module")
async def options(api: Client) -> Json:
    answer = await api.http.get("/v1/options")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def brief(**asked: Any) -> Brief:
    return BRIEF.validate_python({"script": "Hello.", "footage": [uuid4()]} | asked)


def test_every_option_is_taken_and_the_first_is_the_default(options: Json):
    plain = brief()
    for name in options["subtitle_presets"]:
        brief(subtitles={"preset": name})
    for name in options["fonts"]:
        brief(subtitles={"font": name})
    for name in options["transitions"]:
        brief(transition={"kind": name})
    for name in options["qualities"]:
        brief(quality=name)
    brief(review=options["reviews"], presets=[preset["name"] for preset in options["presets"]])
    assert options["subtitle_presets"][0] == plain.subtitles.preset == SubtitleStyle().preset
    assert (options["fonts"][0], options["transitions"][0]) == (plain.subtitles.font, TransitionStyle().kind)
    assert (options["qualities"][0], options["kinds"][0]) == (plain.quality, plain.kind)
    assert options["presets"][0]["name"] == plain.presets[0]


def test_limits_are_those_of_the_brief(options: Json):
    limits = options["limits"]
    brief(script="x" * limits["script_chars"], title="x" * limits["title_chars"], variants=limits["variants"])
    brief(footage=[uuid4() for _ in range(limits["footage_per_job"])])
    for beyond in (
        {"script": "x" * (limits["script_chars"] + 1)},
        {"title": "x" * (limits["title_chars"] + 1)},
        {"variants": limits["variants"] + 1},
        {"footage": [uuid4() for _ in range(limits["footage_per_job"] + 1)]},
    ):
        with pytest.raises(ValidationError):
            brief(**beyond)
    most = dict.fromkeys(("footage", "music", "table"), UPLOAD_MAX)
    assert limits["upload_bytes"] == most | {"image": IMAGE_MAX}


def test_presets_have_their_sizes_and_words(options: Json):
    for preset in options["presets"]:
        made = PRESETS[preset["name"]]
        assert (preset["width"], preset["height"]) == (made.width, made.height)
        assert preset["label"]
        assert preset["max_s"] is None or preset["max_s"] >= 60


def test_languages_have_names(options: Json):
    named = {language["code"]: language["name"] for language in options["languages"]}
    assert len(named) == len(options["languages"]) > 100
    assert (named["en"], named["ro"], named["de"]) == ("English", "Romanian", "German")
    for code in named:
        brief(language=code)


def test_the_trash_says_how_long_it_keeps(options: Json):
    assert options["limits"]["trash_days"] == Settings().trash_days > 0
