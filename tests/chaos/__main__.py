"""``python -m tests.chaos``: kills and looks, and ends with 1 if anything was lost, doubled, corrupt or left over."""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
from pathlib import Path

from tests.chaos.run import PLACES, Chaos


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    asked.add_argument("--seed", type=int, nargs="*", help="one run each; a random one if none is given")
    asked.add_argument("--crashes", type=int, default=3, help=f"at each of {len(PLACES)} named points")
    asked.add_argument("--strikes", type=int, default=30, help="at random moments")
    asked.add_argument("--keep", action="store_true", help="leave the data and logs for a look")
    given = asked.parse_args()
    seeds = given.seed or [random.randrange(1 << 30)]
    clean = True
    for seed in seeds:
        home = Path(tempfile.mkdtemp(prefix="chaos-"))
        report = asyncio.run(Chaos(home, seed).run(crashes=given.crashes, strikes=given.strikes))
        print("\n".join(report.lines()), flush=True)
        clean &= report.is_clean
        if given.keep or not report.is_clean:
            print(f"{'data':>32}  {home}", flush=True)
        else:
            shutil.rmtree(home, ignore_errors=True)
    print("Nothing lost, doubled, corrupt or left over." if clean else "NOT CLEAN", flush=True)
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
