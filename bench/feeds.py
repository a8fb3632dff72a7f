"""What reading a product feed costs over merely parsing it, and how its memory grows: ``python -m bench.feeds``.

The plain baseline is lxml's own iterparse over the same bytes, each element cleared; both read 10,000 products. Memory
is what a process holds at most (VmHWM) beyond what it held before it read, each count in a process of its own.
"""

from __future__ import annotations

import io
import multiprocessing
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from contracts.product import Product
from services.catalog.products import products

_PIECE_BYTES = 1 << 16
_ROUNDS = 5
_WORDS = "Words that nobody reads, but every shop writes them. " * 10


def feed(count: int) -> bytes:
    """Some 900 bytes a product, as shops have them."""
    items = (
        f"<item><g:id>{number}</g:id><title>Șosete de lână {number}</title><description>&lt;p&gt;{_WORDS}&lt;/p&gt;"
        f"</description><g:price>{number}.90 RON</g:price><g:sale_price>{number}.10 RON</g:sale_price><g:brand>Lâna"
        f"</g:brand><link>https://shop.example/{number}</link><g:image_link>https://shop.example/{number}.jpg"
        "</g:image_link><g:availability>in stock</g:availability></item>\n"
        for number in range(count)
    )
    return f'<rss xmlns:g="http://base.google.com/ns/1.0"><channel>{"".join(items)}</channel></rss>'.encode()


def pieces(data: bytes) -> Iterator[bytes]:
    return (data[at : at + _PIECE_BYTES] for at in range(0, len(data), _PIECE_BYTES))


def read(data: bytes) -> int:
    return sum(isinstance(each, Product) for each in products(pieces(data), datetime.now(UTC)))


def parse(data: bytes) -> int:
    count = 0
    for _, element in etree.iterparse(io.BytesIO(data), tag="item"):
        element.clear()
        count += 1
    return count


def _held() -> int:
    """kB of memory that this process held at most."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def _peak(count: int) -> int:
    """kB over what the process held before it read. The feed is made piece by piece, so that it is not counted."""
    part = feed(500)
    head, tail = part[: part.index(b"<item>")], b"</channel></rss>"
    items = part[len(head) : -len(tail)]

    def parts() -> Iterator[bytes]:
        yield head
        for number in range(count // 500):
            yield items.replace(b"<g:id>", b"<g:id>%d-" % number)
        yield tail

    before = _held()
    assert sum(isinstance(each, Product) for each in products(parts(), datetime.now(UTC))) == count
    return _held() - before


def main() -> None:
    data = feed(10_000)
    ratios: list[float] = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        parse(data)
        middle = time.perf_counter()
        seconds = read(data) - 10_000 + time.perf_counter() - middle
        ratios.append(seconds / (middle - began))
    print(
        f"10,000 products, {len(data):,} bytes: "
        f"{statistics.median(ratios):.1f} times bare parsing, last {seconds:.2f} s"
    )
    for count in (1_000, 10_000, 100_000):
        with multiprocessing.get_context("spawn").Pool(1) as one:
            print(f"{count:>7,} products: {one.apply(_peak, (count,)):,} kB more at most")


if __name__ == "__main__":
    main()
