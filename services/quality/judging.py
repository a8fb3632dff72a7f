"""What was measured in a file, held against what it has to be: findings, each with a stable code and words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from contracts.outputs import SafeZone
from contracts.quality import Expected, ExpectedFile, Finding, Place, Span, Written
from services.quality.looking import Told

# What the platforms turn everything to (YouTube, TikTok and Instagram: about -14 LUFS), and how far off nobody hears.
LOUDNESS_LUFS, LOUDNESS_OFF_LU = -14.0, 1.0
# Above it players and the platforms' own encoders clip (EBU R 128 s2, AES TD1008).
TRUE_PEAK_DBTP = -1.0
SILENT_LUFS = -60.0  # quieter is silence

# Longest spans that may be, in seconds. A flash of black is a cut; half a second is a hole. Voices pause for a second
# at the end of a paragraph. Footage may hold its breath for a moment.
BLACK_S, FROZEN_S, SILENT_S = 0.5, 3.0, 2.0
_SLACK_S = 0.25  # around spans that are as they were wished: blends and fades reach over their ends

FRAMES_OFF = 2  # lengths may differ by so many
_AAC_FRAME_S = 1024 / 48_000  # sound comes in whole ones
# Shares of the frame. Boxes are measured in steps of 0.3 %.
_ZONE_OFF, _AT_THE_EDGE = 0.006, 0.002

CODEC, PROFILE, PIXELS = "h264", "High", "yuv420p"
BT709 = (1, 1, 1, 1)  # matrix, primaries, transfer, range
SOUND = ("aac", 48_000, 2)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one file really holds. Seconds; ``sound``: codec, Hz, channels."""

    codec: str
    profile: str
    pixel_format: str
    colours: tuple[int, ...]
    width: int
    height: int
    rate: Fraction
    frames: int
    sound: tuple[str, int, int] | None
    audio_s: float
    told: Told


def judged(expected: Expected, asked: ExpectedFile, found: Measured) -> tuple[Finding, ...]:
    """What is wrong with one file, the worst first; nothing where all is well."""
    finding = partial(Finding, preset=asked.preset)
    return (
        *_whole(found, finding),
        *_as_asked(expected, asked, found, finding),
        *_lengths(expected, found, finding),
        *_pictures(expected, found, finding),
        *_sound(expected, found, finding),
        *_written(asked, finding),
    )


def undrawn(expected: Expected) -> tuple[Finding, ...]:
    """What is wrong with all files alike."""
    if not expected.undrawn:
        return ()
    letters = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in expected.undrawn)
    message = f"no typeface has these characters, so boxes stand in their place: {letters}"
    return (Finding(code="glyphs_missing", message=message, measured=len(expected.undrawn), limit=0),)


_New = partial[Finding]


def _whole(found: Measured, finding: _New) -> Iterator[Finding]:
    if found.told.damaged:
        yield finding(code="damaged", message="the file can't be decoded without errors")


def _as_asked(expected: Expected, asked: ExpectedFile, found: Measured, finding: _New) -> Iterator[Finding]:
    size, wanted = f"{found.width}x{found.height}", f"{asked.width}x{asked.height}"
    pairs: tuple[tuple[str, str, object, object], ...] = (
        ("size_wrong", "the picture's size", size, wanted),
        ("codec_wrong", "the codec", found.codec, CODEC),
        ("profile_wrong", "the codec's profile", found.profile, PROFILE),
        ("pixels_wrong", "the pixel format", found.pixel_format, PIXELS),
        ("colours_wrong", "the colours (matrix, primaries, transfer, range)", found.colours, BT709),
        ("rate_wrong", "the frame rate", found.rate, Fraction(expected.fps)),
        ("sound_wrong", "the sound (codec, Hz, channels)", found.sound, SOUND),
    )
    for code, what, is_so, wished in pairs:
        if is_so != wished:
            yield finding(code=code, message=f"{what} is {is_so or 'missing'}, not {wished}")


def _lengths(expected: Expected, found: Measured, finding: _New) -> Iterator[Finding]:
    if abs(found.frames - expected.frames) > FRAMES_OFF:
        yield finding(
            code="length_wrong",
            message=f"the video has {found.frames} pictures, not {expected.frames}",
            measured=found.frames,
            limit=expected.frames,
        )
    if found.sound is None:
        return
    video_s = found.frames / expected.fps
    off_s = found.audio_s - video_s
    limit_s = FRAMES_OFF / expected.fps + _AAC_FRAME_S
    if abs(off_s) > limit_s:
        word = "longer" if off_s > 0 else "shorter"
        message = f"the sound is {abs(off_s):.2f} s {word} than the pictures"
        yield finding(code="sound_length_wrong", message=message, measured=round(off_s, 3), limit=round(limit_s, 3))


def _pictures(expected: Expected, found: Measured, finding: _New) -> Iterator[Finding]:
    end_s = found.frames / expected.fps
    black = left(found.told.black, expected.dark, end_s, BLACK_S)
    for span in black:
        yield _of_span(finding, "black", "the picture is black", span, BLACK_S)
    for span in left(found.told.frozen, (*expected.still, *expected.dark, *black), end_s, FROZEN_S):
        yield _of_span(finding, "frozen", "the picture does not move", span, FROZEN_S)


def _sound(expected: Expected, found: Measured, finding: _New) -> Iterator[Finding]:
    if found.sound is None:
        return
    told = found.told
    if told.integrated_lufs < SILENT_LUFS:
        if expected.sounds:
            message = f"nothing can be heard ({told.integrated_lufs:.1f} LUFS)"
            yield finding(code="sound_silent", message=message, measured=told.integrated_lufs, limit=SILENT_LUFS)
        return
    yield from _levels(expected, told, finding)
    if expected.sounds:
        for span in left(told.silent, expected.silent, found.frames / expected.fps, SILENT_S):
            yield _of_span(finding, "silence", "nothing can be heard", span, SILENT_S)


def _levels(expected: Expected, told: Told, finding: _New) -> Iterator[Finding]:
    off_lu = told.integrated_lufs - LOUDNESS_LUFS
    # The clips' own sound may be so sparse that no gain brings it up; too loud nothing need be.
    if off_lu > LOUDNESS_OFF_LU or (expected.sounds and off_lu < -LOUDNESS_OFF_LU):
        limit = LOUDNESS_LUFS + (LOUDNESS_OFF_LU if off_lu > 0 else -LOUDNESS_OFF_LU)
        word = "loud" if off_lu > 0 else "quiet"
        message = f"it is too {word}: {told.integrated_lufs:.1f} LUFS, where {limit:.1f} is the limit"
        yield finding(code="loudness", message=message, measured=told.integrated_lufs, limit=limit)
    if told.true_peak_dbtp > TRUE_PEAK_DBTP:
        message = f"it clips: a true peak of {told.true_peak_dbtp:.1f} dBTP, where {TRUE_PEAK_DBTP:.1f} is the limit"
        yield finding(code="true_peak", message=message, measured=told.true_peak_dbtp, limit=TRUE_PEAK_DBTP)


def _written(asked: ExpectedFile, finding: _New) -> Iterator[Finding]:
    """One finding for each kind of writing: what reaches furthest out of the frame, or else of the safe zone."""
    for what in dict.fromkeys(each.what for each in asked.outermost):
        own = [each for each in asked.outermost if each.what == what]
        if out := [each for each in own if _at_the_edge(each.place)]:
            yield _outside(finding, "outside_frame", "the frame", out, _all_of_it)
        elif out := [each for each in own if _over(each.place, asked.safe_zone) > _ZONE_OFF]:
            yield _outside(finding, "outside_safe_zone", "the safe zone", out, asked.safe_zone)


_all_of_it = SafeZone(top=0, bottom=0, left=0, right=0)


def _outside(finding: _New, code: str, of: str, out: Sequence[Written], zone: SafeZone) -> Finding:
    worst = max(out, key=lambda each: _over(each.place, zone))
    over, side = max(_sides(worst.place, zone))
    what = "subtitles reach" if worst.what == "subtitles" else "the words about a product reach"
    far = f" by {over:.1%} of its size" if over > 0 else ""
    return finding(
        code=code,
        message=f"{what} out of {of} at the {side}{far}: {worst.text!r}",
        start_s=worst.at_s,
        end_s=worst.at_s,
        measured=round(over, 4),
        limit=0,
    )


def _sides(place: Place, zone: SafeZone) -> tuple[tuple[float, str], ...]:
    return (
        (zone.left - place.left, "left"),
        (zone.top - place.top, "top"),
        (place.right - (1 - zone.right), "right"),
        (place.bottom - (1 - zone.bottom), "bottom"),
    )


def _over(place: Place, zone: SafeZone) -> float:
    return max(_sides(place, zone))[0]


def _at_the_edge(place: Place) -> bool:
    """What is drawn beyond the frame is cut off there, so it is known by touching it."""
    return _over(place, _all_of_it) > -_AT_THE_EDGE


def left(found: Iterable[Span], wished: Iterable[Span], end_s: float, longer_than_s: float) -> tuple[Span, ...]:
    """What is left of spans without those that were wished, as far as it is longer than so many seconds."""
    taken = sorted((span.start_s - _SLACK_S, span.end_s + _SLACK_S) for span in wished)
    rests: list[Span] = []
    for span in found:
        at, end = span.start_s, min(span.end_s, end_s)
        for first, last in taken:
            rests += _rest(at, min(first, end), longer_than_s)
            at = max(at, last)
        rests += _rest(at, end, longer_than_s)
    return tuple(rests)


def _rest(start_s: float, end_s: float, longer_than_s: float) -> list[Span]:
    return [Span(start_s=round(start_s, 3), end_s=round(end_s, 3))] if end_s - start_s > longer_than_s else []


def _of_span(finding: _New, code: str, what: str, span: Span, limit_s: float) -> Finding:
    lasts = span.end_s - span.start_s
    return finding(
        code=code,
        message=f"{what} for {lasts:.1f} s from {span.start_s:.1f} s on, where {limit_s:.1f} s are the limit",
        start_s=span.start_s,
        end_s=span.end_s,
        measured=round(lasts, 3),
        limit=limit_s,
    )
