"""Follow Edit Factory from outside: prints every fact as one line of JSON. Needs `pip install nats-py` and no more.

    python subscriber.py nats://subscriber:PASSWORD@127.0.0.1:4222
    python subscriber.py URL --durable my-crm --facts 'ef.evt.video.stored.v1.>'

Stop it with Ctrl-C. Started again under the same durable name it goes on where it stopped: the server keeps the place.
"""

import argparse
import asyncio
import json
import os
import signal
import sys

import nats
from nats.aio.msg import Msg
from nats.errors import TimeoutError as NothingNew
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

FEED = "EF_FEED"
FEED_KEEPS_S = 7 * 86_400

CONSUMER = ConsumerConfig(
    deliver_policy=DeliverPolicy.ALL,  # the first time, all that the feed still has; NEW begins with what happens now
    ack_policy=AckPolicy.EXPLICIT,
    ack_wait=20,  # seconds; a fact that was not acknowledged by then is delivered again
    max_ack_pending=1,  # one after the other, so that the order holds even after a crash
    inactive_threshold=FEED_KEEPS_S,  # longer away, and all that was seen has left the feed too
)


def told(message: Msg) -> str:
    """What happened, to what, and when. The whole body, such as a script or a timeline, is in ``message.data``."""
    try:
        body = json.loads(message.data)
    except ValueError:  # it is in the log all the same: one message that can't be read must not stop a program
        body = {}
    headers, seq = message.headers or {}, message.metadata.sequence.stream
    fact = {"seq": seq, "id": headers.get("ce-id", f"seq-{seq}"), "type": headers.get("ce-type", "unknown")}
    fact |= {name: body[name] for name in ("at", "job", "video", "number", "run", "fault") if name in body}
    if "asset" in body:
        fact["asset"] = body["asset"]["id"]
    return json.dumps(fact)


async def follow(url: str, durable: str, facts: str) -> None:
    me = asyncio.current_task()
    connection = await nats.connect(url, name=durable, max_reconnect_attempts=-1)  # comes back whenever the server does
    try:
        feed = await connection.jetstream().pull_subscribe(facts, durable, stream=FEED, config=CONSUMER)
        while not (me and me.cancelling()):  # a message that comes in the same moment may swallow the cancellation
            try:
                (message,) = await feed.fetch(1, timeout=5)
            except NothingNew:
                continue
            print(told(message), flush=True)  # noqa: T201  (your work goes here; what it must not do twice, it keys by id)
            await message.ack()  # only now: whatever stops us before this, the fact comes again
    finally:
        await connection.close()


async def main() -> None:
    parser = argparse.ArgumentParser(description="Prints the facts of an Edit Factory as lines of JSON.")
    parser.add_argument("url", nargs="?", default=os.environ.get("NATS_URL"), help="the subscriber's (or NATS_URL)")
    parser.add_argument("--durable", default="example", help="name under which the server keeps your place")
    parser.add_argument("--facts", default="ef.evt.>", help="subject to hear: all, or some of them")
    asked = parser.parse_args()
    if not asked.url:
        parser.error("name the server, or set NATS_URL")
    following = asyncio.ensure_future(follow(asked.url, asked.durable, asked.facts))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, following.cancel)
    try:
        await following
    except asyncio.CancelledError:
        sys.exit(0)


if __name__ == "__main__":
    asyncio.run(main())
