"""Makes the feed for outsiders on a NATS server of your own, once the events stream is there; then it is done.

The users are those of nats.conf. EDIT_FACTORY_NATS_URL names the server as ``service``, NATS_FEEDER_URL as ``feeder``.
It may be run as often as you like.
"""

from __future__ import annotations

import asyncio
import os
import sys

from contracts.streams import FEED
from edit_factory.sidecars.nats import keep_feed
from kit.log import set_up_logs


def main() -> None:
    set_up_logs("INFO", sys.stderr)
    asyncio.run(keep_feed(os.environ["EDIT_FACTORY_NATS_URL"], os.environ["NATS_FEEDER_URL"], FEED))


if __name__ == "__main__":
    main()
