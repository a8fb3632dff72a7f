"""A video's subtitles and timeline for other programs, over HTTP and by the command."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import opentimelineio as otio
import orjson
import pytest

from contracts.outputs import PresetName, output
from contracts.srt import parse_srt
from contracts.timeline import Timeline
from edit_factory.embedded import Embedded
from kit.fonts import face
from services.render.plan import subtitles
from tests import material
from tests.acceptance.test_readme import shell
from tests.client import Client, Json
from tests.integration.refusing import refused

SCRIPT = "The sea was calm. <b>Nobody</b> knew what {\\b1} the tide & the wind would bring."


@pytest.fixture(scope="module")
async def video(api: Client) -> Json:
    clip = material.video("exported.mp4", seconds=7, size=(640, 360))
    music = await api.upload(material.sound("exported.wav", seconds=2), kind="music")
    brief = await api.brief(clip, script=SCRIPT, presets=["tiktok", "square"], music={"asset": music["id"]})
    job = await api.made(brief)
    return dict(job["videos"][0]) | {"music": music["id"], "asset": brief["footage"][0]}


async def exported(api: Client, video: Json, name: str, kind: str, **asked: str) -> httpx.Response:
    answer = await api.http.get(f"/v1/videos/{video['id']}/{name}", params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"] == f'attachment; filename="video-1.{name.rpartition(".")[2]}"'
    return answer


async def timeline(api: Client, video: Json) -> Timeline:
    return Timeline.model_validate((await api.http.get(video["timeline_url"])).json())


async def test_SEC_02_srt_reads_back_as_the_cues_that_are_shown(api: Client, video: Json):
    answer = await exported(api, video, "subtitles.srt", "application/x-subrip; charset=utf-8")
    cues = parse_srt(answer.content)
    shown = (await timeline(api, video)).cues
    assert [" ".join(cue.lines).replace("\u2060", "") for cue in cues] == [cue.text for cue in shown]
    assert [cue.start_s for cue in cues] == pytest.approx([cue.start_s for cue in shown], abs=0.001)
    again = await api.http.post("/v1/subtitles", content=answer.content)
    assert again.status_code == 200


async def test_SEC_02_vtt_has_no_markup_in_it(api: Client, video: Json):
    text = (await exported(api, video, "subtitles.vtt", "text/vtt; charset=utf-8")).text
    assert text.startswith("WEBVTT\n\n1\n00:00:0")
    assert "&lt;b&gt;Nobody&lt;/b&gt;" in text.replace("\n", " ")
    assert "<" not in text.replace("-->", "")


async def test_ass_is_what_the_render_was_told(api: Client, video: Json):
    edit = await timeline(api, video)
    for preset in ("tiktok", "square"):
        answer = await exported(api, video, "subtitles.ass", "text/x-ssa; charset=utf-8", preset=preset)
        plane = subtitles.canvas(output(PresetName(preset), "draft"))
        assert answer.text == subtitles.write(edit.cues, edit.subtitles, face("Lato"), plane, edit.fps)
    first = await exported(api, video, "subtitles.ass", "text/x-ssa; charset=utf-8")
    assert "PlayResY: 1920" in first.text
    missing = await api.http.get(f"/v1/videos/{video['id']}/subtitles.ass", params={"preset": "landscape"})
    refused(missing, 404, "not_found")


async def test_the_timeline_opens_with_its_media(api: Client, video: Json):
    answer = await exported(api, video, "timeline.otio", "application/json")
    made = otio.adapters.read_from_string(answer.text, "otio_json")
    edit = await timeline(api, video)
    assert made.duration().to_seconds() == pytest.approx(edit.duration_s, abs=1e-6)
    assert [track.name for track in made.tracks] == ["Picture", "Subtitles", "Voice", "Music"]
    urls = {clip.media_reference.target_url for clip in made.find_clips()}
    base = str(api.http.base_url).rstrip("/")
    assert urls == {
        f"{base}/v1/assets/{video['asset']}/file",
        f"{base}/v1/assets/{video['music']}/file",
        f"{base}/v1/videos/{video['id']}/voice.wav",
    }
    for url in urls:
        part = await api.http.get(url, headers={"Range": "bytes=0-99"})
        assert (part.status_code, len(part.content)) == (206, 100)
        name = re.fullmatch(r'inline; filename="(.+)"', part.headers["content-disposition"])
        assert name is not None
        assert name[1] in {clip.name for clip in made.find_clips()}, "so that an editor finds them again"


async def test_an_upload_comes_back_as_it_was_sent(api: Client, video: Json):
    answer = await api.http.get(f"/v1/assets/{video['asset']}/file")
    assert answer.content == material.video("exported.mp4", seconds=7, size=(640, 360)).read_bytes()
    assert answer.headers["x-content-type-options"] == "nosniff"
    cached = await api.http.get(f"/v1/assets/{video['asset']}/file", headers={"If-None-Match": answer.headers["etag"]})
    assert cached.status_code == 304


async def test_a_table_is_saved_and_never_opened(api: Client):
    """A browser that opens XML runs the script in it, as the page's own."""
    table = b"<rss><s:script xmlns:s='http://www.w3.org/1999/xhtml'>alert(1)</s:script></rss>"
    made = (await api.http.post("/v1/assets", params={"kind": "table", "name": "rows.xml"}, content=table)).json()
    answer = await api.http.get(f"/v1/assets/{made['id']}/file")
    assert answer.content == table
    assert answer.headers["content-disposition"] == f'attachment; filename="asset-{made["id"]}.xml"'


async def test_without_subtitles_there_is_nothing_to_export(api: Client):
    clip = material.video("exported.mp4", seconds=7, size=(640, 360))
    job = await api.made(await api.brief(clip, script="The sea.", subtitles={"preset": "none"}))
    video = job["videos"][0]["id"]
    for kind in ("srt", "vtt", "ass"):
        refused(await api.http.get(f"/v1/videos/{video}/subtitles.{kind}"), 404, "no_subtitles")
    answer = await api.http.get(f"/v1/videos/{video}/timeline.otio")
    assert len(list(otio.adapters.read_from_string(answer.text, "otio_json").tracks)) == 3


async def test_the_command_writes_any_of_them(factory: Embedded, api: Client, video: Json, tmp_path: Path):
    system = {"EDIT_FACTORY_URL": factory.url}
    python = f"{Path(__import__('sys').executable)} -m edit_factory"
    job = video["job"]
    told = orjson.loads(
        await shell(f"{python} --json export {video['id']} --format srt -o out/a.srt", tmp_path, **system)
    )
    assert told["path"] == "out/a.srt"
    assert parse_srt((tmp_path / "out/a.srt").read_bytes())
    await shell(f"{python} export {job} --format otio", tmp_path, **system)
    assert otio.adapters.read_from_file(str(tmp_path / "video-1.otio")).duration().rate == 30
    text = await shell(f"{python} export {job} --format ass --preset square -o -", tmp_path, **system)
    assert "PlayResY: 1080" in text
