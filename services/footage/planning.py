import math
from contracts.timeline import *
from contracts.timeline import Clip, Cue, Timeline, VoiceTrack, MusicTrack, Match, MatchReport, Candidate


def make_timeline(narration, speech, clips, music, brief, number):
    frames = math.ceil(speech.duration_s * 30)
    starts = []
    for p in narration.phrases:
        ws = [w for w in speech.words if w.phrase == p.index]
        starts.append(round(ws[0].start_s * 30))
    starts[0] = 0
    ends = starts[1:] + [frames]
    out, ms = [], []
    for i, p in enumerate(narration.phrases):
        c = clips[(i + number) % len(clips)]
        n = ends[i] - starts[i]
        n0 = min(n, int(c.facts.duration_s * 30) - 3)
        out.append(Clip(asset=c.id, source=c.blob, facts=c.facts, source_in_s=0.0, start=starts[i], frames=n0, phrase=i))
        at = starts[i] + n0
        k = i
        while at < ends[i]:
            k += 1
            c = clips[(k + number) % len(clips)]
            m = min(ends[i] - at, int(c.facts.duration_s * 30) - 3)
            out.append(Clip(asset=c.id, source=c.blob, facts=c.facts, source_in_s=0.0, start=at, frames=m, phrase=i))
            at += m
        cand = Candidate(asset=c.id, name=c.name, source_in_s=0, score=1, parts={})
        ms.append(Match(phrase=i, text=p.text, chosen=cand, runners_up=(), reason="x"))
    cues = []
    for p in narration.phrases:
        ws = [w for w in speech.words if w.phrase == p.index]
        for j in range(0, len(ws), 5):
            cues.append(Cue(words=tuple(ws[j:j+5]), start_s=ws[j].start_s, end_s=ws[j:j+5][-1].end_s))
    return Timeline(frames=frames, clips=tuple(out), cues=tuple(cues), subtitles=brief.subtitles,
        voice=VoiceTrack(source=speech.voice, duration_s=speech.duration_s),
        music=MusicTrack(source=music.blob, facts=music.facts, gain_db=brief.music.gain_db, duck=brief.music.duck) if music else None), MatchReport(matches=tuple(ms))
