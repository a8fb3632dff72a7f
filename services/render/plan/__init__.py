"""A timeline turned into ffmpeg commands. Pure: nothing here opens a file or runs a program."""

from services.render.plan.audio import Loudness, Measured
from services.render.plan.command import RenderPlan, plan
from services.render.plan.graph import Span

__all__ = ["Loudness", "Measured", "RenderPlan", "Span", "plan"]
