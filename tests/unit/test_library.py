"""The library's pure parts: how names are found, what a page asks the database, what is said of a video."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from contracts.searching import folded, grams, patterns
from contracts.story import JobStory, State, VideoView, fold, view
from services.gateway.library_query import Sort, Wanted, cursor_after, page
from services.gateway.problems import Problem
from services.projection.fold import changes
from tests.builders import JOB, NOON, expired, filed, line, requested


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Plajă  la Ștefan", "plaja la stefan"),
        ("ŁÓDŹ", "lodz"),
        ("Straße", "strasse"),
        ("  İstanbul\tırmak ", "istanbul irmak"),
        ("Ａｂｃ", "abc"),
        ("smørrebrød Œuvre", "smorrebrod oeuvre"),
        ("\u0000", ""),
        ("😀 ok", "😀 ok"),
    ],
)
def test_names_are_compared_without_case_and_accents(name: str, plain: str):
    assert folded(name) == plain
    assert folded(plain) == plain


def test_letters_are_looked_up_by_three_within_words():
    assert grams("abcd xy abc") == ["abc", "bcd"]
    assert grams("ab") == []


def test_a_search_means_what_was_typed():
    assert patterns(r"50% a_b \x") == [r"%50\%%", r"%a\_b%", r"%\\x%"]


def told(*events: Any) -> JobStory:
    story = JobStory(job=JOB)
    for seq, event in enumerate(events, start=1):
        story = fold(story, event, seq)
    return story


def video(*events: Any, number: int = 1) -> VideoView:
    return view(told(*events)).videos[number - 1]


def test_a_video_is_called_as_its_job_until_it_is_renamed():
    assert [each.name for each in view(told(requested(variants=2))).videos] == ["Morning", "Morning 2"]
    assert video(requested(title="")).name == "Good morning, world."
    renamed = told(requested(variants=2), filed(2, name="Dawn"))
    assert [each.name for each in view(renamed).videos] == ["Morning", "Dawn"]
    assert view(renamed).title == "Morning"
    assert video(requested(), filed(name="Dawn"), filed(revision=2)).name == "Morning"


def test_the_last_word_counts_in_whatever_order_it_comes():
    first, second = filed(name="first", deleted_at=NOON), filed(revision=2, name="second")
    for order in ((first, second), (second, first)):
        seen = video(requested(), *order)
        assert (seen.name, seen.deleted_at, seen.filed) == ("second", None, 2)


def test_a_deleted_video_keeps_its_files_until_they_are_purged():
    gone = filed(deleted_at=NOON)
    deleted = video(requested(), *line(), gone)
    assert deleted.files
    assert deleted.deleted_at == NOON
    purged = video(requested(), *line(), gone, filed(revision=2, deleted_at=NOON, purged_at=NOON))
    assert (purged.files, purged.thumbnail, purged.state) == ((), None, State.COMPLETED)


def test_what_is_made_anew_after_a_purge_is_there():
    purge = filed(revision=1, deleted_at=NOON, purged_at=NOON)
    assert video(requested(), *line(), purge, line(run=2)[-1]).files


def test_a_forgotten_job_forgets_what_its_videos_were_called():
    story = told(requested(), filed(name="Dawn"), expired())
    assert story.filed == {}
    again = fold(story, requested(), 9)
    assert view(again).videos[0].name == "Morning"


def test_a_deletion_is_written_down():
    batch = list(enumerate((requested(), *line(), filed(name="Zăpadă", deleted_at=NOON)), start=1))
    (row,) = changes([(event, seq) for seq, event in batch], {}).upsert_videos
    assert row[9:11] == ("Zăpadă", "zapada")
    assert (row[18], row[19]) == (NOON, False)
    assert row[16] == pytest.approx(1.6)


def test_every_value_travels_as_a_parameter():
    nasty = "'; DROP TABLE videos; --"
    wanted = Wanted(q=nasty, state=State.FAILED, project=nasty, kind=nasty, sort=Sort.NAME)
    sql, arguments = page("anna'", wanted, None, 24)
    assert "DROP" not in sql
    assert "'" not in sql
    assert arguments[0] == "anna'"
    assert arguments[-1] == 24


ROW = {"requested_seq": 7, "number": 2, "folded": "dawn", "id": UUID(int=7), "duration_s": 1.5}


@pytest.mark.parametrize("sort", list(Sort))
def test_a_cursor_leads_behind_its_video(sort: Sort):
    sql, arguments = page("anna", Wanted(sort=sort), cursor_after(ROW, sort), 24)
    assert ("<" in sql) == (sort in {Sort.NEWEST, Sort.LONGEST})
    assert arguments[1:3] in ([7, 2], ["dawn", ROW["id"]], [1.5, ROW["id"]])


@pytest.mark.parametrize(
    "cursor",
    ["x", "!", "W10", "bnVsbA", cursor_after(ROW, Sort.NAME), cursor_after(ROW | {"number": 1 << 40}, Sort.NEWEST)],
)
def test_a_cursor_of_another_list_is_refused(cursor: str):
    with pytest.raises(Problem, match="cursor"):
        page("anna", Wanted(), cursor, 24)
