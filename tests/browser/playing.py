"""Is what the page shows really a video?"""

from __future__ import annotations

from playwright.async_api import Page, expect

_PLAYED = """async video => {
  video.muted = true;
  await video.play();
  const until = Date.now() + 20000;
  while (video.currentTime < 0.3 && Date.now() < until) await new Promise(tick => setTimeout(tick, 50));
  const seen = {seconds: video.currentTime, width: video.videoWidth, length: video.duration};
  video.pause();
  return seen;
}"""


async def plays(page: Page) -> dict[str, float]:
    """Plays the first video of the page a little: {seconds, width, length}."""
    video = page.locator("video").first
    await expect(video).to_be_visible()
    seen: dict[str, float] = await video.evaluate(_PLAYED)
    assert seen["seconds"] >= 0.3
    assert seen["width"] > 0
    return seen
