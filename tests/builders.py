"""Ready-made values for tests: a job and all its facts, small but whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from contracts import subjects
from contracts.brief import ScriptBrief
from contracts.events import (
    AssetAnalysedV1,
    AssetDescribedV1,
    AssetRejectedV1,
    AssetUploadedV1,
    BatchEndedV1,
    BatchRequestedV1,
    BatchSteeredV1,
    Event,
    FeedFiledV1,
    FeedImportedV1,
    FeedImportFailedV1,
    FeedImportRequestedV1,
    JobCancelRequestedV1,
    JobExpiredV1,
    JobRequestedV1,
    Order,
    ProjectClaimedV1,
    RetryRequestedV1,
    RowsWanted,
    ScriptCancelledV1,
    ScriptFailedV1,
    ScriptReadyV1,
    SpeechCancelledV1,
    SpeechFailedV1,
    SpeechReadyV1,
    TimelineCancelledV1,
    TimelineFailedV1,
    TimelineReadyV1,
    VideoCancelledV1,
    VideoFailedV1,
    VideoFile,
    VideoFiledV1,
    VideoRenderedV1,
    VideoStoredV1,
    import_id,
    video_id,
)
from contracts.faults import FaultReport
from contracts.feeds import Columns, Counts
from contracts.footage import Mark, Notes
from contracts.media import Asset, AssetKind, BlobRef, MediaFacts
from contracts.outputs import PresetName, output
from contracts.progress import StepName
from contracts.speech import Narration, Phrase, Speech, Word
from contracts.timeline import Candidate, Clip, Cue, Match, MatchReport, Timeline, VoiceTrack
from contracts.values import Value

JOB = UUID("11111111-1111-4111-8111-111111111111")
BATCH = UUID("22222222-2222-4222-8222-222222222222")
NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
OWNER = "local"


def blob(name: str, media_type: str = "video/mp4", size: int = 1000) -> BlobRef:
    return BlobRef(sha256=(name.encode().hex() * 64)[:64], size=size, media_type=media_type)


def asset(name: str = "clip.mp4", *, seconds: float = 8.0, **changes: Any) -> Asset:
    facts = MediaFacts(
        container="mp4", demuxer="mov", duration_s=seconds, width=1920, height=1080, fps=30.0, video_codec="h264"
    )
    made = Asset(id=uuid5(JOB, name), owner=OWNER, kind=AssetKind.FOOTAGE, name=name, blob=blob(name), facts=facts)
    return made.model_copy(update=changes)


def brief(**changes: Any) -> ScriptBrief:
    asked: dict[str, Any] = {"title": "Morning", "script": "Good morning, world.", "footage": [asset().id]}
    return ScriptBrief.model_validate(asked | changes)


def order(**changes: Any) -> Order:
    asked = brief(**changes)
    return Order(brief=asked, clips=(asset(),), outputs=tuple(output(preset) for preset in asked.presets))


def requested(job: UUID = JOB, **changes: Any) -> JobRequestedV1:
    made = order(**changes)
    return JobRequestedV1(
        owner=OWNER, lane=subjects.lane(OWNER, "final"), at=NOON, job=job, order=made, fingerprint="f" * 64
    )


def cancel_requested(job: UUID = JOB) -> JobCancelRequestedV1:
    return JobCancelRequestedV1(owner=OWNER, lane=subjects.lane(OWNER, "final"), at=NOON, job=job)


def expired(job: UUID = JOB, *, at: datetime = NOON) -> JobExpiredV1:
    return JobExpiredV1(owner=OWNER, lane=subjects.lane(OWNER, "final"), at=at, job=job, ended_at=at)


def narration() -> Narration:
    return Narration(language="en", phrases=(Phrase(index=0, text="Good morning, world."),))


def speech() -> Speech:
    words = (
        Word(text="Good", start_s=0.1, end_s=0.4, phrase=0),
        Word(text="morning,", start_s=0.4, end_s=0.9, phrase=0),
        Word(text="world.", start_s=1.0, end_s=1.5, phrase=0),
    )
    return Speech(
        voice=blob("voice", "audio/wav"),
        duration_s=1.6,
        words=words,
        provider="piper",
        voice_name="joe",
        sample_rate_hz=22050,
    )


def timeline() -> Timeline:
    clip = asset()
    said = speech()
    return Timeline(
        frames=48,
        clips=(Clip(asset=clip.id, source=clip.blob, facts=clip.facts, source_in_s=0.5, start=0, frames=48, phrase=0),),
        cues=(Cue(words=said.words, start_s=0.1, end_s=1.6),),
        subtitles=brief().subtitles,
        voice=VoiceTrack(source=said.voice, duration_s=1.6),
    )


def match_report() -> MatchReport:
    chosen = Candidate(asset=asset().id, name="clip.mp4", source_in_s=0.5, score=0.9, parts={"order": 0.9})
    return MatchReport(
        matches=(Match(phrase=0, text="Good morning, world.", chosen=chosen, runners_up=(), reason="the only clip"),)
    )


def file(preset: PresetName = PresetName.TIKTOK) -> VideoFile:
    return VideoFile(
        preset=preset,
        blob=blob(f"out {preset}"),
        width=1080,
        height=1920,
        frames=48,
        duration_s=1.6,
        integrated_lufs=-14.1,
        true_peak_dbtp=-1.9,
    )


def of_video(number: int = 1, *, job: UUID = JOB, run: int = 1, after_s: float = 0.0, **more: Any) -> dict[str, Any]:
    """The fields all facts of a video share."""
    at = NOON + timedelta(seconds=after_s)
    return {
        "owner": OWNER,
        "lane": subjects.lane(OWNER, "final"),
        "job": job,
        "video": video_id(job, number),
        "number": number,
        "run": run,
        "received_at": at,
        "at": at + timedelta(seconds=1),
        **more,
    }


def line(number: int = 1, *, job: UUID = JOB, run: int = 1, **changes: Any) -> list[Event]:
    """The facts of one video that went all the way, in order."""
    common: dict[str, Any] = {"job": job, "run": run}
    made = order(**changes)
    return [
        ScriptReadyV1(**of_video(number, **common, after_s=1), order=made, narration=narration()),
        SpeechReadyV1(**of_video(number, **common, after_s=2), order=made, narration=narration(), speech=speech()),
        TimelineReadyV1(
            **of_video(number, **common, after_s=3),
            title="Morning",
            timeline=timeline(),
            match_report=match_report(),
            outputs=made.outputs,
        ),
        VideoRenderedV1(**of_video(number, **common, after_s=4), title="Morning", files=(file(),)),
        VideoStoredV1(
            **of_video(number, **common, after_s=5),
            title="Morning",
            files=(file(),),
            thumbnail=blob("thumb", "image/jpeg"),
        ),
    ]


def render_failed(number: int = 1, **more: Any) -> VideoFailedV1:
    fault = FaultReport(code="media_truncated", message="the clip ends early", tries=1)
    return VideoFailedV1(**of_video(number, **more), fault=fault, failed_step=StepName.RENDER)


def retry(number: int) -> RetryRequestedV1:
    """A variant's render is asked for once more."""
    video = video_id(JOB, number)
    return RetryRequestedV1(
        owner=OWNER, lane="s1", at=NOON, job=JOB, video=video, number=number, run=2, inbox="render", input_seq=4
    )


def filed(number: int = 1, revision: int = 1, *, job: UUID = JOB, **word: Any) -> VideoFiledV1:
    """The owner's word on a video in the library."""
    common = {"owner": OWNER, "lane": subjects.lane(OWNER, "final"), "at": NOON, "job": job}
    return VideoFiledV1(**common, video=video_id(job, number), number=number, revision=revision, **word)


def notes() -> Notes:
    mark = Mark(start_s=1.0, end_s=3.5, keywords=("wave",), notes="the big one", favourite=True)
    return Notes(keywords=("sea", "morning"), notes="from the pier", marks=(mark,))


FEED = UUID("22222222-2222-4222-8222-222222222222")


def of_a_feed() -> list[Event]:
    """A feed that was read once, and could not be read the next time."""
    common: dict[str, Any] = {"owner": OWNER, "lane": "s1", "at": NOON, "feed": FEED}
    columns = Columns.model_validate({"title": "Name", "currency": "EUR"})
    one, two = ({"import_id": import_id(FEED, number), "number": number} for number in (1, 2))
    counts = Counts(products=3, new=3, wrong=1, without_image=1)
    fault = FaultReport(code="feed_unreadable", message="The file is empty.", technical=False, tries=1)
    url = "https://shop.example/feed.xml"
    return [
        FeedFiledV1(**common, revision=1, name="Shop", url=url, columns=columns, language="en", created_at=NOON),
        FeedImportRequestedV1(**common, **one, url=url, columns=columns),
        FeedImportedV1(**common, **one, source=blob("feed", "application/xml"), counts=counts),
        FeedImportFailedV1(**common, **two, fault=fault),
    ]


def one_of_each() -> list[Event]:
    """Every kind of fact there is, once."""
    fault = FaultReport(code="voice_unknown", message="there is no such voice", technical=False, tries=1)
    upload = {"owner": OWNER, "lane": "s1", "at": NOON, "asset": asset()}
    return [
        requested(),
        cancel_requested(),
        retry(1),
        ProjectClaimedV1(owner=OWNER, lane="s1", at=NOON, project="spring", job=JOB),
        expired(),
        *line(),
        ScriptFailedV1(**of_video(), fault=fault),
        ScriptCancelledV1(**of_video()),
        SpeechFailedV1(**of_video(), fault=fault),
        SpeechCancelledV1(**of_video()),
        TimelineFailedV1(**of_video(), fault=fault),
        TimelineCancelledV1(**of_video()),
        render_failed(),
        VideoCancelledV1(**of_video(), cancelled_step=StepName.STORAGE),
        filed(name="Morning at sea", deleted_at=NOON),
        AssetUploadedV1(**upload),
        AssetAnalysedV1(**upload, usable_start_s=0.2, usable_end_s=7.8, thumbnail=blob("t", "image/jpeg")),
        AssetRejectedV1(**upload, fault=fault),
        AssetDescribedV1(**upload, revision=1, notes=notes()),
        batch_requested(),
        BatchSteeredV1(owner=OWNER, lane="s1", at=NOON, batch=BATCH, revision=1, what="paused"),
        BatchEndedV1(
            owner=OWNER,
            lane="s1",
            at=NOON,
            batch=BATCH,
            title="Socks",
            revision=1,
            done=193,
            failed=2,
            refused=4,
            cancelled=1,
        ),
        *of_a_feed(),
    ]


def batch_requested(**changes: Any) -> BatchRequestedV1:
    given: dict[str, Any] = {
        "owner": OWNER,
        "lane": "s1",
        "at": NOON,
        "batch": BATCH,
        "title": "Socks",
        "template": {"script": "{name}, now {price}.", "footage": [str(asset().id)], "quality": "draft"},
        "rows": RowsWanted(given=blob("rows", "application/jsonl")),
        "overrides": blob("overrides", "application/json"),
        "rows_expected": 200,
        "fingerprint": "b" * 64,
        "idempotency_key": "batch-1",
    }
    return BatchRequestedV1(**(given | changes))


def renamed(value: Any, names: dict[str, BlobRef]) -> Any:
    """The same value with other media; ``names`` are those that ``blob`` was asked for."""
    swap = {blob(old).sha256: new for old, new in names.items()}
    if isinstance(value, BlobRef):
        return swap.get(value.sha256, value)
    if isinstance(value, Value):
        return value.model_copy(
            update={name: renamed(getattr(value, name), names) for name in type(value).model_fields}
        )
    if isinstance(value, tuple):
        return tuple(renamed(item, names) for item in value)
    return value
