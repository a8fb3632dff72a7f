"""Makes the feed for outsiders on a NATS server of your own, once the events stream is there; then it is done.

NATS_FEEDER_URL names the server, with the user ``feeder`` of nats.conf; EDIT_FACTORY_NATS_CA a file of certificates to
trust, where it is not one that everybody trusts. It may be run as often as you like.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from contracts.streams import FEED
from edit_factory.sidecars.nats import keep_feed
from kit.log import set_up_logs


def main() -> None:
    set_up_logs("INFO", sys.stderr)
    ca = os.environ.get("EDIT_FACTORY_NATS_CA")
    asyncio.run(keep_feed(os.environ["NATS_FEEDER_URL"], FEED, Path(ca) if ca else None))


if __name__ == "__main__":
    main()
