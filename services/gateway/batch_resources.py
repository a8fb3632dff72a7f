"""What is asked for with a batch, and what is shown of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from contracts.batching import KEY_CHARS, LABEL_CHARS, ROWS_MAX, BatchRow, label_of, unfit
from contracts.brief import NO_NUL, TITLE_MAX_CHARS, Brief
from contracts.faults import FaultReport
from contracts.merging import field_name
from contracts.values import Asked, Value
from services.gateway.problems import FieldError

IDS_MAX = 10_000
_LATELY_MIN = 3  # rows, before anything is said of those to come

Key = Annotated[str, StringConstraints(min_length=1, max_length=KEY_CHARS, pattern=NO_NUL)]
Patch = dict[str, Any]
# By a row's key. A pattern would leave open, in the schema, what belongs to a key that it doesn't match; keys with a
# NUL are refused as all else that can't be kept.
Overrides = Annotated[
    dict[Annotated[str, StringConstraints(min_length=1, max_length=KEY_CHARS)], Patch], Field(max_length=ROWS_MAX)
]


class RowAsked(Asked):
    """A row by itself: ``values`` fill the template's merge fields, ``overrides`` is a JSON merge patch (RFC 7396) on
    its brief. Without a ``key`` it goes by its number.
    """

    key: Key | None = None
    label: Annotated[str, StringConstraints(max_length=LABEL_CHARS, pattern=NO_NUL)] = ""
    values: dict[str, str | int | float | bool | None] = Field(default_factory=dict)
    overrides: Patch = Field(default_factory=dict)


class RowsAsked(Asked):
    """Where the rows come from: products of a ``feed``, a ``table`` (an upload of the kind table), or ``given`` rows.
    Of a feed ``which`` are taken: those that changed since their last video was asked for, all, or those of some
    ``ids``.
    """

    feed: UUID | None = None
    which: Literal["changed", "all", "ids"] = "all"
    ids: Annotated[tuple[str, ...], Field(max_length=IDS_MAX)] = ()
    table: UUID | None = None
    given: Annotated[tuple[RowAsked, ...], Field(min_length=1, max_length=ROWS_MAX)] | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if sum(each is not None for each in (self.feed, self.table, self.given)) != 1:
            raise ValueError("one of feed, table and given is needed")
        if self.feed is None and (self.which != "all" or self.ids):
            raise ValueError("which and ids are of a feed")
        if (self.which == "ids") != bool(self.ids):
            raise ValueError("ids are needed with which: ids, and only there")
        return self


class BatchAsked(Asked):
    """Many jobs from one template. ``template`` is a brief in which any text may have merge fields such as ``{name}``;
    ``overrides`` has a JSON merge patch (RFC 7396) by a row's key.
    """

    title: Annotated[str, StringConstraints(max_length=TITLE_MAX_CHARS, pattern=NO_NUL)] = ""
    template: dict[str, Any]
    rows: RowsAsked
    overrides: Overrides = Field(default_factory=dict)


class PreviewAsked(Asked):
    """A template and rows, to be looked at before anything is made."""

    template: dict[str, Any]
    rows: RowsAsked
    overrides: Overrides = Field(default_factory=dict)


class BatchState(StrEnum):
    """Where a batch stands."""

    PREPARING = "preparing"  # its rows are being read
    RUNNING = "running"
    PAUSED = "paused"  # what is under way goes on, nothing new begins
    COMPLETED = "completed"  # nothing is left to do; rows may have failed
    CANCELLED = "cancelled"
    FAILED = "failed"  # its rows could not be read


class RowState(StrEnum):
    """Where a row stands."""

    WAITING = "waiting"
    REFUSED = "refused"  # no job could be made of it
    QUEUED = "queued"
    RUNNING = "running"
    REVIEW = "waiting_for_review"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RowCounts(Value):
    """How many rows are in each state."""

    waiting: int = 0
    refused: int = 0
    queued: int = 0
    running: int = 0
    waiting_for_review: int = 0
    completed: int = 0
    failed: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        return sum(value for _, value in self)


class BatchResource(Value):
    """A batch. ``rows`` is how many it has, as far as they were read; ``share`` 0..1; ``eta_s`` seconds until all is
    made, by how fast the last ones were, null if that is not known. ``fault``: why its rows could not be read.
    """

    id: UUID
    title: str
    state: BatchState
    kind: str
    feed: UUID | None
    rows: int
    counts: RowCounts
    share: float
    eta_s: float | None
    created_at: datetime
    ended_at: datetime | None
    fault: FaultReport | None
    url: str
    rows_url: str
    results_url: str
    report_url: str
    template: dict[str, Any] | None = None


class RowFaultShown(Value):
    """Why a row has no video. ``pointer`` is the place in its brief, if it is there."""

    code: str
    message: str
    pointer: str = ""


class RowResource(Value):
    """One row. ``share`` is 0..1 over all steps of all its videos."""

    number: int
    key: str
    label: str
    state: RowState
    share: float
    job: UUID | None
    job_url: str | None
    videos: tuple[UUID, ...]
    fault: RowFaultShown | None


class RowPreview(Value):
    """What would be made of a row: its brief, or the reason why it makes none."""

    number: int
    key: str
    label: str
    brief: Brief | None
    fault: RowFaultShown | None


class BatchPreview(Value):
    """The first rows, with the names that the template may use (``fields``) and those that it does (``used``)."""

    rows: tuple[RowPreview, ...]
    fields: tuple[str, ...]
    used: tuple[str, ...]


def unfit_rows(asked: tuple[RowAsked, ...]) -> list[FieldError]:
    """Those of a request that can't be kept at all."""
    found = ((place, unfit(row.values) or unfit(row.overrides)) for place, row in enumerate(asked))
    return [FieldError(pointer=f"/rows/given/{place}", message=wrong.message) for place, wrong in found if wrong]


def given_rows(asked: tuple[RowAsked, ...]) -> tuple[BatchRow, ...]:
    """Rows of a request, in their order."""
    return tuple(_given_row(number, row) for number, row in enumerate(asked, start=1))


def _given_row(number: int, row: RowAsked) -> BatchRow:
    values = {field_name(name): _text(value) for name, value in row.values.items()}
    key = row.key if row.key is not None else str(number)
    patches = (row.overrides,) if row.overrides else ()
    label = row.label.strip() or label_of(values, key)
    return BatchRow(number=number, key=key, label=label, values=values, overrides=patches)


def _text(value: str | float | bool | None) -> str:
    """As JSON writes it; nothing for null."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def batch_resource(row: Mapping[str, Any], *, whole: bool = False) -> BatchResource:
    """Of a row of the query ``batches``; ``whole`` with its template."""
    counts = _counts(row)
    state = _state(row)
    url = f"/v1/batches/{row['id']}"
    left = counts.total - counts.completed - counts.failed - counts.refused - counts.cancelled
    return BatchResource(
        id=row["id"],
        title=row["title"],
        state=state,
        kind=str(row["template"].get("kind", "script")),
        feed=row["feed"],
        rows=counts.total if row["prepared"] else max(counts.total, row["expected"] or 0),
        counts=counts,
        share=_share(row, counts.total, left),
        eta_s=_eta_s(row, left) if state is BatchState.RUNNING else None,
        created_at=row["created_at"],
        ended_at=None if row["open"] else row["ended_at"],
        fault=None if row["fault"] is None else FaultReport.model_validate(row["fault"]),
        url=url,
        rows_url=f"{url}/rows",
        results_url=f"{url}/results.zip",
        report_url=f"{url}/report.csv",
        template=row["template"] if whole else None,
    )


def _counts(row: Mapping[str, Any]) -> RowCounts:
    if not row["open"] and row["counts"] is not None:
        kept = row["counts"]
        ended = {name: kept[name] for name in ("failed", "refused", "cancelled")}
        return RowCounts(completed=kept["done"], **ended)
    found = {name: row.get(f"r_{name}", 0) + row.get(f"j_{name}", 0) for name in RowCounts.model_fields}
    return RowCounts.model_validate(found)


def _share(row: Mapping[str, Any], total: int, left: int) -> float:
    if not row["open"]:
        return 1.0
    return round(min(1.0, (total - left + float(row["moving"] or 0)) / total), 4) if total and row["prepared"] else 0.0


def _state(row: Mapping[str, Any]) -> BatchState:
    if row["fault"] is not None:
        return BatchState.FAILED
    if row["cancelled"]:
        return BatchState.CANCELLED
    if not row["open"]:
        return BatchState.COMPLETED
    if row["paused"]:
        return BatchState.PAUSED
    return BatchState.RUNNING if row["prepared"] else BatchState.PREPARING


def _eta_s(row: Mapping[str, Any], left: int) -> float | None:
    """By the time that the last rows took, one with the other."""
    lately, since_s = row["lately"], row["since_s"]
    if not lately or since_s is None or lately < _LATELY_MIN:
        return None
    return round(left * float(since_s) / int(lately), 1)
