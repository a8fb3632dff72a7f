"""What a user's word makes of a video: the fact it goes on from, and the state that follows, in whatever order."""

from __future__ import annotations

import random
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.brief import MusicChoice, SubtitleStyle, VoiceChoice
from contracts.events import (
    Event,
    ReviewableEvent,
    Reviewed,
    ScriptReadyV1,
    SpeechReadyV1,
    TimelineReadyV1,
    VideoEvent,
    VideoStoredV1,
    video_id,
)
from contracts.faults import LogicalFault
from contracts.progress import StepName
from contracts.reviewing import Made, Word, approved, chosen, made, scripted, styled
from contracts.speech import Narration, Phrase
from contracts.story import JobStory, JobView, State, StepState, fold, view
from contracts.timeline import Candidate, Insert, MusicTrack
from contracts.waiting import waits
from services.reconciler.deciding import Inboxes, only_queued
from tests.builders import (
    JOB,
    NOON,
    asset,
    blob,
    cancel_requested,
    file,
    line,
    render_failed,
    requested,
    retry,
    timeline,
)

Log = list[Event]
VIDEO = video_id(JOB, 1)
GATES = ("script", "voice", "plan")


def story_of(log: Log, order: list[int] | None = None) -> JobStory:
    story = JobStory(job=JOB)
    for place in order if order is not None else range(len(log)):
        story = fold(story, log[place], place + 1)
    return story


def told(log: Log) -> JobView:
    return view(story_of(log))


def made_of(log: Log) -> Made:
    return made(story_of(log), [(event, seq) for seq, event in enumerate(log, start=1)], VIDEO)


def word(name: str = "approved", *, hold: bool = False, what: Any = "approved") -> Word:
    return Word(Reviewed(id=uuid5(JOB, name), what=what, fingerprint="f" * 64), NOON, hold)


def held(event: Event) -> Event:
    return event.model_copy(update={"held": True})


def again(log: Log, first: VideoEvent) -> Log:
    """What the stations make of a fact that begins a new run."""
    steps = line(run=first.run)
    place = next(index for index, event in enumerate(steps) if type(event) is type(first))
    newer = file().model_copy(update={"blob": blob(f"run {first.run}")})
    after = [
        event.model_copy(update={"files": (newer,)}) if "files" in type(event).model_fields else event
        for event in steps[place + 1 :]
    ]
    return [*log, first, *after]


def waiting_at(place: int) -> Log:
    """A job whose video waits after the step of this place."""
    steps = line()[: place + 1]
    return [requested(review=GATES), *steps[:-1], held(steps[-1])]


DONE: Log = [requested(), *line()]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_held_fact_waits_and_its_approval_goes_on_as_the_next_run(place: int):
    log = waiting_at(place)
    seen = told(log)
    assert (seen.state, seen.videos[0].state) == (State.WAITING, State.WAITING)
    assert (seen.videos[0].review, seen.videos[0].run) == (GATES[place], 1)
    assert seen.finished_at is None
    event = approved(made_of(log), word())
    assert isinstance(event, ReviewableEvent)
    assert (type(event), event.run, event.held) == (type(log[-1]), 2, False)
    after = told([*log, event])
    assert (after.state, after.videos[0].review, after.videos[0].run) == (State.RUNNING, None, 2)
    assert [step.state for step in after.videos[0].steps[: place + 1]] == [StepState.DONE] * (place + 1)
    assert told(again(log, event)).state is State.COMPLETED


def test_the_job_waits_only_when_nothing_else_moves():
    both = [requested(variants=2, review=["script"]), held(line(1, variants=2)[0])]
    assert told(both).state is State.RUNNING
    both.append(held(line(2, variants=2)[0]))
    assert told(both).state is State.WAITING
    assert told([*both, approved(made_of(both), word())]).state is State.RUNNING
    failed = [*both[:2], *line(2, variants=2)[:3], render_failed(2)]
    assert told(failed).state is State.WAITING


def test_nobody_takes_a_waiting_video_for_stuck():
    log = waiting_at(0)
    facts = [(event, seq) for seq, event in enumerate(log, start=1)]
    assert waits(story_of(log), facts) == ()
    assert only_queued(story_of(log), Inboxes({}, {}))
    released = [*log, approved(made_of(log), word())]
    (wait,) = waits(story_of(released), [(event, seq) for seq, event in enumerate(released, start=1)])
    assert (wait.step, wait.run, wait.input_seq) == (StepName.TTS, 2, len(released))


def test_a_waiting_job_can_be_cancelled():
    assert told([*waiting_at(1), cancel_requested()]).state is State.CANCELLED
    assert told([*waiting_at(1), cancel_requested()]).videos[0].review is None


def test_an_edit_after_the_end_shows_the_old_files_until_there_are_new_ones():
    style = SubtitleStyle(colour="#112233")
    event = styled(made_of(DONE), word(what="style"), style, (), {})
    assert (event.run, event.timeline.subtitles, event.timeline.cues) == (2, style, ())
    log = again(DONE, event)
    for length in range(len(DONE) + 1, len(log)):
        seen = told(log[:length]).videos[0]
        assert (seen.state, seen.run, seen.files_run) == (State.RUNNING, 2, 1)
        assert seen.files[0].blob == blob("out tiktok")
    seen = told(log).videos[0]
    assert (seen.state, seen.files_run, seen.files[0].blob) == (State.COMPLETED, 2, blob("run 2"))


def test_what_was_made_of_the_old_words_does_not_count_any_more():
    event = scripted(made_of(DONE), word(), Narration(language="en", phrases=(Phrase(index=0, text="Else."),)), None)
    states = [step.state for step in told([*DONE, event]).videos[0].steps]
    assert states == [StepState.DONE, *[StepState.WAITING] * 4]


def test_a_failed_new_run_keeps_the_files_of_the_old_one_and_can_be_tried_again():
    event = styled(made_of(DONE), word(), SubtitleStyle(size=60), (), {})
    log = [*DONE, event, render_failed(run=2)]
    seen = told(log).videos[0]
    assert (seen.state, seen.files_run) == (State.FAILED, 1)
    log.append(retry(1).model_copy(update={"run": 3}))
    assert told(log).videos[0].state is State.RUNNING
    assert [step.state for step in told(log).videos[0].steps][:3] == [StepState.DONE] * 3
    assert told([*log, *line(run=3)[3:]]).videos[0].state is State.COMPLETED


def test_a_cancelled_new_run_keeps_the_files_that_were_there():
    event = styled(made_of(DONE), word(), SubtitleStyle(size=60), (), {})
    log = [*DONE, event, cancel_requested(), *line(run=2)[3:]]
    seen = told(log).videos[0]
    assert (seen.state, seen.files_run, seen.files[0].blob) == (State.CANCELLED, 1, blob("out tiktok"))


def test_an_edit_of_a_failed_step_goes_on_from_it():
    log: Log = [requested(), line()[0], render_failed()]
    voice = VoiceChoice(provider="espeak")
    event = scripted(made_of(log), word(), None, voice)
    assert event.order.brief.voice == voice
    assert event.narration == line()[0].narration  # type: ignore[attr-defined]
    assert told([*log, event]).state is State.RUNNING


def test_a_change_of_style_outlives_a_change_of_words():
    style = SubtitleStyle(colour="#112233")
    log = again(DONE, styled(made_of(DONE), word(), style, (), {}))
    plan = next(event for event in log if isinstance(event, TimelineReadyV1) and event.run == 2)
    assert plan.timeline.subtitles == style
    event = scripted(made_of(log), word(), None, VoiceChoice(speed=1.2))
    assert event.order.brief.subtitles == style


def test_music_is_levelled_and_the_level_outlives_a_change_of_words():
    music = asset("tune.mp3")
    log: Log = [requested(), *line(music=MusicChoice(asset=music.id))]
    plan = log[3]
    assert isinstance(plan, TimelineReadyV1)
    track = MusicTrack(source=music.blob, facts=music.facts, gain_db=-14.0, duck=True)
    log[3] = plan.model_copy(update={"timeline": plan.timeline.model_copy(update={"music": track})})
    event = styled(made_of(log), word(), SubtitleStyle(), plan.timeline.cues, {"gain_db": -20.0})
    assert event.timeline.music is not None
    assert (event.timeline.music.gain_db, event.timeline.music.duck) == (-20.0, True)
    spoken = scripted(made_of([*log, event]), word(), None, VoiceChoice(speed=1.1))
    assert spoken.order.brief.music == MusicChoice(asset=music.id, gain_db=-20.0)
    with pytest.raises(LogicalFault, match="no music"):
        styled(made_of(DONE), word(), SubtitleStyle(), (), {"duck": False})


def test_another_picture_is_chosen_among_the_jobs_clips():
    clip = asset()
    picture = Candidate(asset=clip.id, name=clip.name, source_in_s=3.0, score=0.0, parts={})
    event = chosen(made_of(DONE), word(what="match"), 0, picture)
    assert event.timeline.clips[0].source_in_s == 3.0
    assert event.match_report.matches[0].runners_up[0].source_in_s == 0.5
    with pytest.raises(LogicalFault, match="no such clip"):
        chosen(made_of(DONE), word(), 0, picture.model_copy(update={"asset": JOB}))


def test_what_is_not_there_yet_cannot_be_changed():
    log = waiting_at(0)
    with pytest.raises(LogicalFault, match="a plan yet"):
        styled(made_of(log), word(), SubtitleStyle(), (), {})
    with pytest.raises(LogicalFault, match="a script yet"):
        scripted(made_of(log[:1]), word(), None, None)


def test_a_change_can_wait_for_another_look():
    log = waiting_at(2)
    event = styled(made_of(log), word(hold=True), SubtitleStyle(size=60), (), {})
    seen = told([*log, event])
    assert (seen.state, seen.videos[0].review, seen.videos[0].run) == (State.WAITING, "plan", 2)
    after = approved(made_of([*log, event]), word("second"))
    assert isinstance(after, TimelineReadyV1)
    assert (after.run, after.timeline.subtitles.size) == (3, 60)


def test_a_word_is_known_again_and_each_fact_is_another_version():
    log = waiting_at(0)
    versions = {made_of(log).version}
    log.append(approved(made_of(log), word("mine")))
    known = made_of(log)
    assert known.word(uuid5(JOB, "mine")) is not None
    assert known.word(uuid5(JOB, "other")) is None
    versions |= {known.version, made_of([*log, line(run=2)[1]]).version}
    assert len(versions) == 3


EDITS = st.lists(
    st.sampled_from(["approve", "words", "style", "fail", "retry", "finish", "step", "cancel"]), max_size=8
)


def grown(acts: list[str]) -> Log:
    """A log as gateway and stations would write it when these things happen one after another."""
    log: Log = waiting_at(0)
    for name, act in enumerate(acts):
        log += _happened(act, log, word(str(name)))
    return log


def _happened(act: str, log: Log, said: Word) -> Log:
    state = told(log).videos[0].state
    if state is State.RUNNING:
        return _moved(act, log)
    return _asked(act, log, said) if state in {State.COMPLETED, State.FAILED, State.WAITING} else []


def _moved(act: str, log: Log) -> Log:
    """What may happen to a video that is being made."""
    video = told(log).videos[0]
    ahead = [step.state for step in video.steps].index(StepState.WAITING)
    rest = line(run=video.run)[ahead:]
    fails = [render_failed(run=video.run)] if ahead == 3 else []
    happens: dict[str, Log] = {"cancel": [cancel_requested()], "step": rest[:1], "finish": rest, "fail": [*fails]}
    return happens.get(act, [])


def _asked(act: str, log: Log, said: Word) -> Log:
    """What may be asked of a video that is not."""
    before = made_of(log)
    if act == "retry" and before.video.state is State.FAILED:
        return [retry(1).model_copy(update={"run": before.video.run + 1})]
    if act == "approve" and before.video.state is State.WAITING:
        return [approved(before, said)]
    if act == "words":
        return [scripted(before, said, None, VoiceChoice(speed=1.5))]
    if act == "style" and before.timeline is not None:
        return [styled(before, said, SubtitleStyle(size=50), (), {})]
    return []


@given(EDITS, st.randoms(use_true_random=False))
def test_shuffled_and_tripled_facts_of_many_runs_tell_the_same_story(acts: list[str], chance: random.Random):
    log = grown(acts)
    order = list(range(len(log))) * 3
    chance.shuffle(order)
    assert view(story_of(log, order)) == told(log)


@given(EDITS)
def test_a_new_word_never_leaves_a_video_without_its_files_or_with_the_state_of_old_ones(acts: list[str]):
    log = grown(acts)
    seen = told(log).videos[0]
    ends = [event for event in log if isinstance(event, VideoStoredV1)]
    if ends:
        assert seen.files == max(ends, key=lambda end: end.run).files
    newest = max(event.run for event in log if isinstance(event, VideoEvent))
    if seen.state is State.COMPLETED:
        assert any(end.run == newest for end in ends)
    begun = [event for event in log if isinstance(event, ScriptReadyV1 | SpeechReadyV1 | TimelineReadyV1)]
    if begun[-1] is log[-1] and begun[-1].run > 1:
        assert seen.state is (State.WAITING if begun[-1].held else State.RUNNING)


def test_a_video_of_another_job_is_none():
    with pytest.raises(KeyError):
        made(story_of(DONE), [], UUID(int=7))


def test_a_word_of_the_user_keeps_what_is_inserted():
    mug = asset("mug.png")
    shown = Insert(clip=timeline().clips[0].model_copy(update={"start": 8, "frames": 30, "asset": mug.id}), mode="pip")
    log = [requested(), *line()]
    for place, event in enumerate(log):
        if isinstance(event, TimelineReadyV1):
            log[place] = event.model_copy(update={"timeline": event.timeline.model_copy(update={"inserts": (shown,)})})
        if isinstance(event, ScriptReadyV1):
            log[place] = event.model_copy(update={"order": event.order.model_copy(update={"inserts": (mug,)})})
    before = made(story_of(log), [(event, seq) for seq, event in enumerate(log, 1)], VIDEO)
    word = Word(Reviewed(id=VIDEO, what="style", fingerprint="f" * 64), NOON)
    plan = before.timeline
    assert plan is not None
    assert styled(before, word, SubtitleStyle(y=0.3), plan.timeline.cues, {}).timeline.inserts == (shown,)
    other = plan.match_report.matches[0].chosen
    assert chosen(before, word, 0, other).timeline.inserts == (shown,)
    assert scripted(before, word, None, VoiceChoice(speed=1.2)).order.inserts == (mug,)
