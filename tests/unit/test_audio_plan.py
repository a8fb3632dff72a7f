"""How the sound is put together, and how its gain is found."""

from __future__ import annotations

import pytest

from contracts.timeline import MusicTrack, OriginalSound
from services.render.plan import Loudness, Measured
from services.render.plan.audio import TARGET_LUFS, levelled, next_gain, read_summary
from services.render.plan.command import measure_mix, measure_voice, track
from tests.unit.test_graph import MUSIC, after, ref, timeline

PATHS = {letter * 64: f"/data/{letter}" for letter in "abc"}

SUMMARY = """
[Parsed_ebur128_0 @ 0x1] Summary:

  Integrated loudness:
    I:         -15.3 LUFS
    Threshold: -25.6 LUFS

  Loudness range:
    LRA:         1.2 LU

  True peak:
    Peak:       -1.7 dBFS
"""


def graph(track: MusicTrack | None, gains: Measured) -> str:
    return after(measure_mix(timeline(music=track), PATHS, gains).argv, "-filter_complex")


def music(**changes) -> MusicTrack:
    return MusicTrack(**({"source": ref("c"), "facts": MUSIC, "gain_db": -14.0, "duck": True} | changes))


def test_the_sound_is_as_long_as_the_picture_to_the_sample():
    assert graph(None, Measured(0.0, 0.0)).count(f"atrim=end_sample={90 * 1600}") == 2
    assert graph(music(), Measured(0.0, 0.0)).count(f"atrim=end_sample={90 * 1600}") == 3


def test_music_is_ducked_by_the_voice_only_if_asked():
    assert "sidechaincompress" in graph(music(), Measured(0.0, 0.0))
    assert "sidechaincompress" not in graph(music(duck=False), Measured(0.0, 0.0))
    assert "amix" not in graph(None, Measured(0.0, 0.0))


def test_gains_reach_the_filters_they_are_for():
    made = graph(music(gain_db=-9.5), Measured(2.25, 6.5))
    assert made.count("volume=2.250dB") == 1
    assert made.count("volume=-9.500dB") == 1
    assert made.index("amix") < made.index("volume=6.500dB") < made.index("alimiter")


def test_music_fades_in_half_a_second_and_out_in_one_and_a_half():
    made = graph(music(), Measured(0.0, 0.0))
    assert "afade=d=0.5:t=in" in made
    assert "afade=d=1.500000:st=1.500000:t=out" in made


def test_music_loops_and_the_voice_does_not():
    argv = measure_mix(timeline(), PATHS, Measured(0.0, 0.0)).argv
    loops = [argv[place + 1] for place, part in enumerate(argv) if part == "-stream_loop"]
    assert loops == ["-1"]
    assert argv.index("-stream_loop") < argv.index("file:music")


def test_the_voice_is_heard_as_it_came():
    made = measure_voice(timeline(), PATHS)
    assert set(made.links) == {"voice"}
    assert "volume=0.000dB" in after(made.argv, "-filter_complex")


def test_the_sound_is_encoded_by_itself():
    argv = track(timeline(), PATHS, Measured(0.0, 1.0)).argv
    assert after(argv, "-c:a") == "aac"
    assert "libx264" not in argv
    assert argv[-1] == "file:sound.mp4"


def test_the_meter_is_read():
    assert read_summary("noise\n" + SUMMARY) == Loudness(-15.3, -1.7)
    assert read_summary(SUMMARY + SUMMARY.replace("-15.3", "-14.1")).integrated_lufs == -14.1
    silence = read_summary(SUMMARY.replace("-15.3", "-70.0").replace("-1.7", "-inf"))
    assert silence.silent
    assert silence.true_peak_dbtp == -120
    with pytest.raises(ValueError, match="no loudness"):
        read_summary("[error] no such file")


@pytest.mark.parametrize(
    ("integrated", "peak", "good"),
    [(-14.5, -1.0, True), (-13.5, -1.0, True), (-14.6, -3.0, False), (-13.4, -3.0, False), (-14.0, -0.9, False)],
)
def test_on_target_is_half_a_unit_either_way_and_a_decibel_of_peak(integrated, peak, good):
    assert Loudness(integrated, peak).on_target is good


def test_silence_is_not_amplified():
    assert levelled(Loudness(-70.0, -120.0), -20.0) == 0.0
    assert levelled(Loudness(-45.0, -20.0), -20.0) == 25.0
    assert levelled(Loudness(-59.0, -40.0), 20.0) == 40.0


def limited(gain: float) -> float:
    """A sound whose loudness follows the gain fully at first, then less and less, as behind a limiter."""
    return -20.0 + gain if gain < 3 else -17.0 + (gain - 3) * 0.4


def test_the_gain_is_found_behind_a_limiter():
    tried = [(0.0, limited(0.0))]
    while abs(tried[-1][1] - TARGET_LUFS) > 0.15:
        gain = next_gain(tried)
        tried.append((gain, limited(gain)))
        assert len(tried) <= 6
    assert tried[-1][0] == pytest.approx(10.5, abs=0.4)


def test_the_gain_ends_somewhere():
    """A sound that does not get louder whatever the gain."""
    tried = [(0.0, -40.0)]
    for _ in range(20):
        tried.append((next_gain(tried), -40.0))
    assert max(gain for gain, _ in tried) == 40.0


def own(**changes) -> OriginalSound:
    return OriginalSound(**changes)


def heard(**parts) -> str:
    made = timeline().model_copy(update=parts)
    return after(measure_mix(made, PATHS, Measured(0.0, 0.0, 3.5)).argv, "-filter_complex")


def test_clips_own_sound_lies_under_its_pictures_to_the_sample():
    clips = tuple(
        clip.model_copy(update={"facts": clip.facts.model_copy(update={"audio_codec": "aac"})})
        for clip in timeline().clips
    )
    made = heard(original=own(gain_db=-2.0), clips=clips, voice=None, music=None)
    for clip in clips:
        assert f"atrim=end_sample={clip.frames * 1600}" in made
    assert f"concat=a=1:n={len(clips)}:v=0" in made
    assert "volume=1.500dB" in made
    assert "sidechaincompress" not in made


def test_a_clip_without_sound_is_silent_and_opens_nothing():
    argv = measure_mix(timeline(music=None).model_copy(update={"original": own()}), PATHS, Measured(0.0, 0.0)).argv
    assert not any("file:sound" in part for part in argv)
    assert any(part.startswith("anullsrc") for part in argv)


@pytest.mark.parametrize(("under_voice", "ratio"), [("duck", 6), ("mute", 20)])
def test_under_a_voice_the_clips_are_turned_down_or_off(under_voice, ratio):
    made = heard(original=own(under_voice=under_voice), music=None)
    assert made.count("sidechaincompress") == 1
    assert f"ratio={ratio}" in made


def test_without_a_voice_the_clips_lead_and_music_is_ducked_by_them():
    made = heard(original=own(), voice=None, music=music())
    assert made.count("sidechaincompress") == 1
    assert "amix=duration=first:inputs=2" in made


def test_with_nothing_to_hear_there_is_silence():
    made = heard(voice=None, music=None)
    assert f"atrim=end_sample={90 * 1600}" in made
    assert "amix" not in made
