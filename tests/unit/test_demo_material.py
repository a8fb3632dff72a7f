from __future__ import annotations

import asyncio
import dataclasses
import importlib.util
import json
import math
import time
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest
import yaml
from PIL import Image

from contracts.brief import ScriptBrief
from contracts.faults import Unavailable
from contracts.media import MediaFacts
from edit_factory.demo import brief_path, material
from edit_factory.demo import material as get_material
from edit_factory.demo.material import CLIPS, HOW_TO_GET_IT, MUSIC
