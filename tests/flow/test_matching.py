from __future__ import annotations

from uuid import uuid4

from services.footage.meaning import installed
from tests import material
from tests.client import Client


async def test_the_picture_follows_the_words_whatever_the_order_of_the_clips(api: Client):
    names = ["harbour-boats.mp4", "city_tram.mp4", "IMG_0042.MOV"]
    unlike = ("-metadata", f"comment={uuid4().hex}")  # nobody else says anything of these
    made = [material.video(f"match-{at}.mp4", seconds=6 + at, size=(320, 180), options=unlike) for at in range(3)]
    footage = [(await api.upload(clip, name=name))["id"] for clip, name in zip(made, names, strict=True)]
    script = "The tram was late again. So we walked down to the harbour."
    job = await api.made({"script": script, "quality": "draft", "footage": footage})
    video = job["videos"][0]
    timeline = (await api.http.get(video["timeline_url"])).json()
    report = (await api.http.get(video["match_report_url"])).json()
    assert [clip["asset"] for clip in timeline["clips"]] == [footage[1], footage[0]]
    reasons = [match["reason"] for match in report["matches"]]
    assert reasons[0].startswith("“tram” is in the name of this clip")
    assert reasons[1].startswith("“harbour” is in the name of this clip")
    assert (report["matches"][0]["chosen"]["parts"]["meaning"] > 0.5) == (installed() is not None)
    assert report["matches"][0]["runners_up"]
