"""What importing a product feed costs, through HTTP on the real system: ``python -m bench.imports``.

Time is from POST /v1/feeds (the feed is uploaded before) until the import says that it ended. The plain baseline, in
the same run and on the same PostgreSQL, reads the same bytes with lxml's iterparse, takes five texts of each product,
and writes them with COPY into an empty table: it mends, checks and compares nothing. Memory is that of the whole tree
of processes, servers and all, beyond what it held before; each size on a system of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg
import httpx
import orjson
from lxml import etree

from bench.feeds import feed
from bench.proctree import watching
from tests.limits import UNLIMITED

Json = dict[str, Any]
LIMIT_S = 10.0  # for 10,000 products
_ROUNDS = 3
_LOOK_S = 0.05
_FIELDS = ("id", "title", "description", "price", "image_link")


@dataclass(frozen=True, slots=True)
class Running:
    """A system of its own."""

    http: httpx.AsyncClient
    pid: int
    home: Path


@asynccontextmanager
async def running() -> AsyncIterator[Running]:
    with TemporaryDirectory() as folder:
        own = {f"EDIT_FACTORY_{name.upper()}": str(most) for name, most in UNLIMITED.items()}
        environment = os.environ | own | {"EDIT_FACTORY_HOME": folder, "EDIT_FACTORY_PORT": "0"}
        command = [sys.executable, "-m", "edit_factory", "up", "--json"]
        process = await asyncio.create_subprocess_exec(
            *command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        try:
            assert process.stdout is not None
            url = orjson.loads(await process.stdout.readline())["url"]
            async with httpx.AsyncClient(base_url=url, timeout=300) as http:
                yield Running(http, process.pid, Path(folder))
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            await process.wait()


async def uploaded(there: Running, data: bytes) -> str:
    answer = await there.http.post("/v1/assets", params={"kind": "table", "name": "feed.xml"}, content=data)
    return str(answer.raise_for_status().json()["id"])


async def ended(there: Running, begun: Json) -> Json:
    while True:
        seen: Json = (await there.http.get(begun["import_url"])).raise_for_status().json()
        if seen["state"] in {"imported", "failed"}:
            assert seen["state"] == "imported", seen
            return seen
        await asyncio.sleep(_LOOK_S)


async def first(there: Running, table: str) -> tuple[Json, float]:
    """A new feed, and the seconds until it was imported."""
    began = time.perf_counter()
    answer = await there.http.post("/v1/feeds", json={"name": "bench", "table": table})
    made: Json = answer.raise_for_status().json()
    await ended(there, made["last_import"])
    return made, time.perf_counter() - began


async def again(there: Running, made: Json, table: str) -> tuple[Json, float]:
    await asyncio.sleep(1)  # the end of the one before is in the log
    began = time.perf_counter()
    answer = await there.http.post(made["imports_url"], json={"table": table})
    seen = await ended(there, answer.raise_for_status().json())
    return seen["counts"], time.perf_counter() - began


async def plainly(there: Running, data: bytes) -> float:
    """Seconds that the baseline takes."""
    password = (there.home / "postgres" / "password").read_text()
    port = orjson.loads((there.home / "postgres" / "ports.json").read_bytes())["client"]
    connection = await asyncpg.connect(f"postgresql://edit_factory:{password}@127.0.0.1:{port}/edit_factory")
    try:
        await connection.execute("CREATE TABLE IF NOT EXISTS plain (a text, b text, c text, d text, e text)")
        began = time.perf_counter()
        rows = []
        for _, element in etree.iterparse(io.BytesIO(data), tag="item"):
            texts = {etree.QName(child).localname: child.text for child in element}
            rows.append(tuple(texts.get(name) for name in _FIELDS))
            element.clear()
        await connection.copy_records_to_table("plain", records=rows)
        return time.perf_counter() - began
    finally:
        await connection.execute("DROP TABLE plain")
        await connection.close()


async def speed() -> float:
    data = feed(10_000)
    changed = data.replace(b".10 RON", b".20 RON", 37)
    firsts, baselines = [], []
    async with running() as there:
        tables = [await uploaded(there, each) for each in (data, changed)]
        for _ in range(_ROUNDS):
            made, took = await first(there, tables[0])
            firsts.append(took)
            baselines.append(await plainly(there, data))
        counts, second = await again(there, made, tables[1])
        _, same = await again(there, made, tables[1])
    middle, plain = statistics.median(firsts), statistics.median(baselines)
    print(f"10,000 products, {len(data):,} bytes: {middle:.2f} s ({', '.join(f'{each:.2f}' for each in firsts)})")
    print(f"read and COPY alone: {plain:.2f} s; {middle / plain:.1f} times that")
    print(f"again with changes ({counts['changed']} changed, {counts['same']:,} the same): {second:.2f} s")
    print(f"again, the same bytes: {same:.2f} s")
    return middle


async def memory(count: int) -> tuple[float, int]:
    """Seconds, and bytes at most beyond what the system held before."""
    async with running() as there:
        table = await uploaded(there, feed(count))
        await first(there, await uploaded(there, feed(10)))  # what is loaded once is loaded
        with watching(there.pid) as watch:
            await asyncio.sleep(2)
            before = watch.peak()
            _, took = await first(there, table)
    return took, watch.peak() - before


async def main() -> None:
    middle = await speed()
    found = {}
    for count in (10_000, 100_000):
        took, found[count] = await memory(count)
        print(f"{count:>7,} products: {took:.1f} s, {found[count] / 1e6:.0f} MB more at most")
    print(f"ten times the products take {found[100_000] / found[10_000]:.2f} times the memory")
    if middle > LIMIT_S:
        sys.exit(f"10,000 products took {middle:.1f} s; {LIMIT_S:g} s are allowed")


if __name__ == "__main__":
    asyncio.run(main())
