"""What retention may delete: whatever the log says and however old things are, nothing that is needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.events import (
    AssetAnalysedV1,
    AssetUploadedV1,
    Event,
    FeedFiledV1,
    FeedImportedV1,
    JobEvent,
    JobExpiredV1,
    RetryRequestedV1,
    VideoEvent,
    VideoStoredV1,
    import_id,
)
from contracts.feeds import Counts
from contracts.footage import Analysis
from contracts.media import BlobRef
from contracts.story import FINAL, JobStory, State, fold, view
from kit.blobs import BlobInfo
from kit.steps import blob_refs
from services.storage.keeping import (
    GRACE,
    TOMBSTONE,
    Doomed,
    Known,
    Leftover,
    Plan,
    Policy,
    Reason,
    StoreMismatch,
    Survey,
    plan,
)
from tests.builders import (
    FEED,
    JOB,
    NOON,
    asset,
    blob,
    cancel_requested,
    expired,
    filed,
    line,
    of_a_feed,
    renamed,
    render_failed,
    requested,
    retry,
)

DAY = timedelta(days=1)
POLICY = Policy(ended_jobs=30 * DAY, unused=7 * DAY, intermediate=30 * DAY, intermediate_bytes=None)
NEVER = Policy(ended_jobs=None, unused=None, intermediate=None, intermediate_bytes=None)
LATER = NOON + 365 * DAY
UPLOAD = AssetUploadedV1(owner="local", lane="s1", at=NOON, asset=asset())


def known(log: Iterable[Event]) -> Known:
    found = Known()
    for seq, event in enumerate(log, start=1):
        found.take(event, seq)
    return found


def info(ref: BlobRef, modified: datetime = NOON, size: int = 1000) -> BlobInfo:
    return BlobInfo(ref.sha256, size, modified)


def planned(log: Sequence[Event], blobs: Iterable[BlobInfo], policy: Policy = POLICY, now: datetime = LATER) -> Plan:
    found = known(log)
    survey = Survey(found)
    for one in blobs:
        survey.add(one)
    return plan(found, survey, policy, now)


def reasons(made: Plan) -> dict[str, Reason]:
    return {doomed.blob.sha256: doomed.reason for doomed in made.blobs}


ALL = [asset().blob, blob("voice", "audio/wav"), blob("out tiktok"), blob("thumb", "image/jpeg")]
STRAY = blob("nobody's")


def stored(refs: Iterable[BlobRef] = (*ALL, STRAY)) -> list[BlobInfo]:
    return [info(ref) for ref in refs]


# --- feeds -------------------------------------------------------------------------------------------------------


def read_from(name: str, number: int) -> FeedImportedV1:
    ident = import_id(FEED, number)
    common = {"owner": "local", "lane": "s1", "at": NOON, "feed": FEED, "import_id": ident, "number": number}
    return FeedImportedV1(**common, source=blob(name, "text/csv"), counts=Counts())


def removed() -> FeedFiledV1:
    filed = next(each for each in of_a_feed() if isinstance(each, FeedFiledV1))
    return filed.model_copy(update={"revision": 2, "deleted_at": NOON})


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ([read_from("a", 1)], {"a"}),
        ([read_from("a", 1), read_from("b", 2)], {"b"}),
        ([read_from("a", 1), read_from("b", 2), read_from("a", 3)], {"a"}),
        ([read_from("a", 1), *of_a_feed()[3:]], {"a"}),
        ([read_from("a", 1), removed()], set()),
    ],
)
def test_of_a_feed_what_was_read_last_is_kept_until_it_is_removed(said: list[Event], kept: set[str]):
    made = planned([UPLOAD, *said], stored([asset().blob, *(blob(name, "text/csv") for name in "ab")]))
    assert set(reasons(made)) == {blob(name).sha256 for name in {"a", "b"} - kept}


# --- the trash ---------------------------------------------------------------------------------------------------

TRASH = Policy(ended_jobs=30 * DAY, unused=None, intermediate=None, intermediate_bytes=None, trash=30 * DAY)
MADE = [UPLOAD, requested(), *line()]
DELETED = filed(deleted_at=NOON)
PURGED = filed(revision=2, deleted_at=NOON, purged_at=NOON)
FILES = {blob("out tiktok").sha256, blob("thumb").sha256}


@pytest.mark.parametrize(
    ("said", "days", "goes"),
    [
        ([], 365, False),
        ([filed(name="Dawn")], 365, False),
        ([DELETED], 29, False),
        ([DELETED], 31, True),
        ([DELETED, filed(revision=2)], 365, False),
        ([DELETED, filed(revision=2), filed(revision=3, deleted_at=NOON)], 31, True),
        ([DELETED, PURGED], 365, False),
        ([DELETED, retry(1)], 365, False),
    ],
)
def test_only_what_its_owner_deleted_long_ago_is_purged(said: list[Event], days: int, goes: bool):
    made = planned([*MADE, *said], stored(ALL), TRASH, NOON + timedelta(days=days))
    assert bool(made.trash) == goes
    assert not {doomed.blob.sha256 for doomed in made.blobs} & FILES - (FILES if PURGED in said else set())
    assert not planned([*MADE, *said], stored(ALL), NEVER).trash


def test_the_files_of_a_purged_video_go_and_nothing_else():
    made = planned([*MADE, DELETED, PURGED], stored(ALL), TRASH)
    assert reasons(made) == dict.fromkeys(FILES, Reason.DELETED)
    recent = [info(ref, LATER - GRACE / 2) for ref in ALL]
    assert planned([*MADE, DELETED, PURGED], recent, TRASH).blobs == ()


def test_of_a_purged_video_what_another_one_shows_stays():
    other = uuid5(JOB, "other")
    made = planned([*MADE, DELETED, PURGED, requested(other), *line(job=other)], stored(ALL), TRASH)
    assert made.blobs == ()


def test_a_purged_video_that_is_made_again_is_kept_again():
    again = [*MADE, DELETED, PURGED, retry(1), line(run=2)[-1]]
    assert planned(again, stored(ALL), TRASH).blobs == ()


def test_a_job_whose_only_finished_video_was_purged_is_forgotten_in_the_end():
    half = [UPLOAD, requested(variants=2), *line(1), render_failed(2)]
    assert planned(half, stored(ALL), TRASH).jobs == ()
    made = planned([*half, DELETED, PURGED], stored(ALL), TRASH)
    assert [ended.job for ended in made.jobs] == [JOB]
    assert reasons(made) == dict.fromkeys(FILES, Reason.DELETED)


# --- media -------------------------------------------------------------------------------------------------------


def test_of_a_finished_job_only_what_was_made_on_the_way_goes():
    made = planned([UPLOAD, requested(), *line()], stored())
    assert reasons(made) == {blob("voice").sha256: Reason.OLD, STRAY.sha256: Reason.UNUSED}
    assert made.size == 2000
    assert made.unless_put_since == LATER - GRACE
    assert made.jobs == ()


@pytest.mark.parametrize("end", [[], [render_failed()], [cancel_requested()]], ids=["active", "failed", "cancelled"])
def test_of_a_job_that_is_not_finished_nothing_goes(end: list[Event]):
    log = [UPLOAD, requested(), *line()[: 3 if end else 4], *end]
    made = planned(log, stored())
    assert set(reasons(made)) <= {STRAY.sha256, blob("out tiktok").sha256, blob("thumb").sha256}
    assert blob("voice").sha256 not in reasons(made)


def test_a_job_is_active_until_its_last_video_is_finished():
    log = [UPLOAD, requested(variants=2), *line(1, variants=2)]
    assert reasons(planned(log, stored())) == {STRAY.sha256: Reason.UNUSED}
    whole = [*log, *line(2, variants=2)]
    assert reasons(planned(whole, stored()))[blob("voice").sha256] is Reason.OLD


def test_media_of_an_active_job_stay_though_a_finished_one_made_them_too():
    other = uuid5(JOB, "other")
    made = planned([UPLOAD, requested(), *line(), requested(other), *line(job=other)[:2]], stored())
    assert reasons(made) == {STRAY.sha256: Reason.UNUSED}


def test_an_upload_stays_with_its_picture_though_no_job_uses_it():
    looked = AssetAnalysedV1(
        **UPLOAD.model_dump(exclude={"asset"}), asset=asset(), usable_start_s=0, usable_end_s=1, thumbnail=blob("t")
    )
    assert reasons(planned([UPLOAD, looked], stored([asset().blob, blob("t"), STRAY]))) == {STRAY.sha256: Reason.UNUSED}


def test_all_that_an_analysis_refers_to_stays_with_the_upload():
    made = {name: blob(name) for name in ("analysis", "filmstrip", "waveform", "proxy")}
    looked = AssetAnalysedV1(
        **UPLOAD.model_dump(exclude={"asset"}), asset=asset(), usable_start_s=0, usable_end_s=1, **made
    )
    kept = stored([asset().blob, *made.values(), STRAY])
    assert reasons(planned([UPLOAD, looked], kept)) == {STRAY.sha256: Reason.UNUSED}
    names = {name for name, field in Analysis.model_fields.items() if "BlobRef" in str(field.annotation)}
    assert names <= made.keys()  # what an analysis may refer to stands in the fact, which is all that a clean-up reads


def test_when_a_job_is_forgotten_its_media_are_nobodys():
    log = [UPLOAD, requested(), *line()[:3], render_failed()]
    assert planned(log, stored()).jobs[0].job == JOB
    assert blob("voice").sha256 not in reasons(planned(log, stored()))
    assert reasons(planned([*log, expired()], stored()))[blob("voice").sha256] is Reason.UNUSED


def test_what_comes_after_the_end_of_a_finished_job_never_makes_it_go():
    late = [cancel_requested(), line(run=2)[1]]
    made = planned([UPLOAD, requested(), *line(), *late], stored())
    assert made.jobs == ()
    assert reasons(made) == {STRAY.sha256: Reason.UNUSED}


def edited(run: int) -> list[Event]:
    """What follows when the finished job is rendered once more, with a file of its own."""
    return [renamed(event, {"out tiktok": blob(f"out {run}")}) for event in line(run=run)[2:]]


def test_files_that_were_made_anew_are_spare_once_the_new_ones_are_stored():
    log = [UPLOAD, requested(), *line()]
    blobs = stored([*ALL, blob("out 2")])
    going = [*log, *edited(2)[:2]]
    assert reasons(planned(going, blobs)) == {}, "the old file is shown, and what the new one is made of is needed"
    assert reasons(planned([*log, *edited(2)], blobs)) == {
        blob("voice").sha256: Reason.OLD,
        blob("out tiktok").sha256: Reason.OLD,
    }


def test_files_of_a_run_that_was_cancelled_never_take_the_place_of_those_that_are_shown():
    log = [UPLOAD, requested(), *line(), edited(2)[0], cancel_requested(), *edited(2)[1:]]
    assert not {blob("out tiktok").sha256, blob("thumb").sha256} & set(reasons(planned(log, stored())))


def test_a_file_that_another_job_still_shows_stays():
    other = uuid5(JOB, "other")
    log = [UPLOAD, requested(), *line(), requested(other), *line(job=other), *edited(2)]
    assert blob("out tiktok").sha256 not in reasons(planned(log, stored()))


@pytest.mark.parametrize("end", [render_failed(run=2), None], ids=["failed", "going"])
def test_what_an_unfinished_edit_needs_stays_whatever_its_age(end: Event | None):
    log = [UPLOAD, requested(), *line(), edited(2)[0], *([] if end is None else [end])]
    made = planned(log, stored())
    assert made.jobs == ()
    assert set(reasons(made)) == {STRAY.sha256}


def test_a_job_that_waits_for_a_review_is_left_alone():
    held = line()[0].model_copy(update={"held": True})
    made = planned([UPLOAD, requested(review=["script"]), held], stored())
    assert (made.jobs, set(reasons(made)) - {STRAY.sha256, blob("out tiktok").sha256, blob("thumb").sha256}) == (
        (),
        {blob("voice").sha256},
    )


@pytest.mark.parametrize("age", [timedelta(0), timedelta(minutes=59), GRACE])
def test_nothing_goes_within_the_grace_whatever_is_set(age: timedelta):
    eager = Policy(
        ended_jobs=timedelta(0), unused=timedelta(0), intermediate=timedelta(seconds=1), intermediate_bytes=0
    )
    log = [UPLOAD, requested(), *line()]
    blobs = [info(ref, NOON - age) for ref in (*ALL, STRAY)]
    assert planned(log, blobs, eager, NOON).blobs == ()
    assert len(planned(log, [info(ref, NOON - 2 * GRACE) for ref in (*ALL, STRAY)], eager, NOON).blobs) == 2


def test_never_is_never():
    log = [UPLOAD, requested(), *line()]
    assert planned(log, stored(), NEVER, LATER + 3650 * DAY).blobs == ()
    assert planned([UPLOAD, requested(), render_failed()], stored(), NEVER, LATER).jobs == ()


def test_by_size_the_oldest_go_until_the_rest_fits():
    jobs = [uuid5(JOB, str(number)) for number in range(5)]
    voices = [blob(f"voice {number}") for number in range(5)]
    log: list[Event] = [UPLOAD]
    for job, voice in zip(jobs, voices, strict=True):
        log += [renamed(event, {"voice": voice}) for event in (requested(job), *line(job=job))]
    blobs = [info(asset().blob), info(blob("out tiktok")), info(blob("thumb"))]
    blobs += [info(voice, NOON - number * DAY, size=100) for number, voice in enumerate(voices)]
    limit = Policy(ended_jobs=None, unused=None, intermediate=None, intermediate_bytes=250)
    made = planned(log, blobs, limit, NOON + DAY)
    assert [doomed.blob.sha256 for doomed in made.blobs] == [voices[4].sha256, voices[3].sha256, voices[2].sha256]
    assert {doomed.reason for doomed in made.blobs} == {Reason.TOO_MANY}


@pytest.mark.parametrize("log", [[], [UPLOAD, requested(), *line()]], ids=["an empty log", "another system's log"])
def test_a_log_that_does_not_belong_to_the_store_deletes_nothing(log: list[Event]):
    with pytest.raises(StoreMismatch, match="nothing is deleted"):
        planned(log, [info(blob(f"video {number}")) for number in range(10)])
    assert planned(log, [info(blob("just put"), LATER)]).blobs == ()


# --- jobs --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [29, 31])
@pytest.mark.parametrize("end", [render_failed(), cancel_requested()], ids=["failed", "cancelled"])
def test_a_job_that_ended_badly_is_forgotten_after_its_days(end: Event, days: int):
    log = [UPLOAD, requested(), *line()[:3], end]
    made = planned(log, stored(ALL), now=NOON + timedelta(days=days))
    assert [(job.job, job.last_seq) for job in made.jobs] == ([(JOB, 6)] if days > 30 else [])


@pytest.mark.parametrize("end", [render_failed(2), cancel_requested()], ids=["failed", "cancelled"])
def test_a_job_with_one_finished_video_is_never_forgotten(end: Event):
    log = [UPLOAD, requested(variants=2), *line(1), *line(2)[:3], end]
    assert planned(log, stored(ALL), now=LATER).jobs == ()
    late = [UPLOAD, requested(), *line()[:4], cancel_requested(), line()[4]]
    assert planned(late, stored(ALL), now=LATER).jobs == (), "kept even if it was stored too late to count"


def test_facts_of_a_forgotten_job_are_left_over_until_they_are_removed():
    log = [UPLOAD, requested(), render_failed(), expired(), UPLOAD]
    found = known(log)
    assert list(found.leftovers(NOON)) == [Leftover(JOB, 4)]
    found.settled(Leftover(JOB, 4))
    assert list(found.leftovers(NOON)) == []
    assert list(found.leftovers(NOON + TOMBSTONE + DAY)) == [Leftover(JOB, 5)]
    found.settled(Leftover(JOB, 5))
    assert list(found.leftovers(NOON + TOMBSTONE + DAY)) == []


def test_the_last_fact_of_the_log_is_never_removed():
    """Whoever reads the log to its end would wait for it for ever."""
    assert list(known([UPLOAD, expired()]).leftovers(NOON + TOMBSTONE + DAY)) == []


def test_a_stray_fact_of_a_forgotten_job_is_forgotten_once_more():
    log: list[Event] = [UPLOAD, expired(), line()[0]]
    (job,) = planned(log, stored(ALL), now=LATER).jobs
    assert (job.job, job.last_seq) == (JOB, 3)


def test_a_job_asked_for_again_after_it_was_forgotten_is_a_job_like_any():
    log: list[Event] = [UPLOAD, requested(), render_failed(), expired(), requested(), *line()[:2]]
    made = planned(log, stored())
    assert made.jobs == ()
    assert blob("voice").sha256 not in reasons(made)
    assert planned([*log, *line()[2:]], stored()).jobs == ()


def test_a_fact_taken_twice_changes_nothing():
    found = known([UPLOAD, requested(), *line()])
    needed, spare = found.needed(), set(found.spare)
    for event in (requested(), render_failed()):
        found.take(event, 2)
    assert (found.needed(), found.spare) == (needed, spare)


# --- anything ----------------------------------------------------------------------------------------------------


POOL = [blob(name) for name in "abcdefgh"]
UPLOADED = [blob(name) for name in ("up one", "up two")]


@st.composite
def jobs(draw: st.DrawFn) -> list[Event]:
    """One job's facts in order, with media that other jobs may have as well."""
    job = UUID(int=draw(st.integers(1, 6)))
    names = {old: draw(st.sampled_from(POOL)) for old in ("voice", "out tiktok", "thumb")}
    names["clip.mp4"] = draw(st.sampled_from(UPLOADED))
    variants = draw(st.integers(1, 2))
    log: list[Event] = [requested(job, variants=variants)]
    for number in range(1, variants + 1):
        log += line(number, job=job, variants=variants)[: draw(st.integers(0, 5))]
        if not isinstance(log[-1], VideoStoredV1) and draw(st.booleans()):
            log.append(render_failed(number, job=job))
    if draw(st.booleans()):
        log.insert(draw(st.integers(1, len(log))), cancel_requested(job))
    return [renamed(event, names) for event in log]


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """Jobs that go on at the same time, some of them forgotten when they may be."""
    ups = [UPLOAD.model_copy(update={"asset": asset(name, blob=ref)}) for name, ref in zip("12", UPLOADED, strict=True)]
    open_jobs = draw(st.lists(jobs(), max_size=4, unique_by=lambda log: about(log[0])))
    log: list[Event] = list(ups)
    while open_jobs:
        one = draw(st.sampled_from(open_jobs))
        log.append(one.pop(0))
        if not one:
            open_jobs.remove(one)
    known_jobs = sorted({job for event in log if (job := about(event)) is not None})
    for job in draw(st.sets(st.sampled_from(known_jobs or [JOB]))):
        if may_be_forgotten(log, job):
            log.append(expired(job))
    return log


def about(event: Event) -> UUID | None:
    return event.job if isinstance(event, JobEvent | VideoEvent) else None


def story_of(log: list[Event], job: UUID) -> JobStory:
    story = JobStory(job=job)
    for seq, event in enumerate(log, start=1):
        if about(event) == job:
            story = fold(story, event, seq)
    return story


def may_be_forgotten(log: list[Event], job: UUID) -> bool:
    has_video = any(isinstance(event, VideoStoredV1) and event.job == job for event in log)
    return view(story_of(log, job)).state in {State.FAILED, State.CANCELLED} and not has_video


def untouchable(log: list[Event]) -> set[str]:
    """Said in another way than ``Known`` does: by walking over the finished log once more."""
    stories = [story_of(log, job) for job in {about(event) for event in log} if job is not None]
    active = {story.job for story in stories if not story.gone and view(story).state not in FINAL}
    return {
        ref.sha256
        for event in log
        if about(event) is None or about(event) in active or isinstance(event, VideoStoredV1)
        for ref in blob_refs(event)
    }


@settings(deadline=None)
@given(
    log=logs(),
    ages=st.lists(st.floats(0, 400), min_size=len(POOL) + 3, max_size=len(POOL) + 3),
    days=st.tuples(*[st.one_of(st.none(), st.floats(0, 60).map(lambda days: timedelta(days=days)))] * 3),
    limit=st.one_of(st.none(), st.integers(0, 5000)),
)
def test_TEST_04_nothing_that_is_needed_is_ever_planned_away(log, ages, days, limit):
    ended_jobs, unused, intermediate = days
    policy = Policy(ended_jobs, unused, intermediate, limit)
    blobs = [info(ref, LATER - timedelta(days=age)) for ref, age in zip([*POOL, *UPLOADED, STRAY], ages, strict=True)]
    try:
        made = planned(log, blobs, policy)
    except StoreMismatch:
        return  # nothing is deleted at all
    assert not untouchable(log) & set(reasons(made))
    assert all(doomed.blob.modified < LATER - GRACE for doomed in made.blobs)
    assert len(reasons(made)) == len(made.blobs)
    for job in made.jobs:
        assert may_be_forgotten(log, job.job)
        assert job.last_seq == max(seq for seq, event in enumerate(log, start=1) if about(event) == job.job)
    gone = {event.job for event in log if isinstance(event, JobExpiredV1)}
    assert {leftover.job for leftover in made.leftovers} <= gone


def test_a_plan_adds_up():
    assert Plan(NOON, (Doomed(info(STRAY, size=3), Reason.UNUSED), Doomed(info(STRAY, size=4), Reason.OLD))).size == 7


def test_TEST_04_a_look_that_is_asked_for_again_is_no_job_to_forget():
    again = RetryRequestedV1(
        owner="local",
        lane="s1",
        at=NOON,
        job=asset().id,
        video=None,
        number=0,
        run=1,
        inbox="footage-assets",
        input_seq=1,
    )
    plan = planned([UPLOAD, again], stored([asset().blob]), now=LATER)
    assert plan.jobs == ()
    assert not plan.blobs
