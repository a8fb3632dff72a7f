"""A library of 20,000 videos: every page is read by an index, and every video is on one page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest

from contracts.outputs import PresetName
from contracts.searching import folded, grams
from contracts.story import State
from edit_factory.embedded import Embedded
from kit.database import Connection, migrate, open_pool
from services.gateway.library_query import Sort, Wanted, cursor_after, page
from services.projection.service import PACKAGE

OWNERS = 4
EACH = 5_000
WORDS = ("plaja", "market", "night", "morning", "forest", "rain", "city", "bread", "sea", "winter", "rasarit", "zapada")
SCHEMA = "library_size"


def name(number: int) -> str:
    words = [WORDS[number % 12], WORDS[number // 12 % 12], WORDS[number // 144 % 12]]
    return " ".join([*words, *(["Needle"] if number % EACH == 77 else [])])


@pytest.fixture(scope="module")
async def filled(factory: Embedded) -> AsyncIterator[Connection]:
    dsn = factory.settings_of("projection").postgres_dsn
    async with open_pool(dsn, schema=SCHEMA) as pool, pool.acquire() as connection:
        await migrate(pool, PACKAGE, schema=SCHEMA)
        numbers = list(range(OWNERS * EACH))
        plain = [folded(name(number)) for number in numbers]
        await connection.execute(
            """
            WITH given AS (
                SELECT gen_random_uuid() AS id, number, 'user ' || (number / $4) AS owner, folded, grams
                FROM unnest($1::int[], $2::text[], $3::jsonb[]) AS given (number, folded, grams)
            ), made AS (
                INSERT INTO jobs (id, owner, title, kind, quality, state, share, seq, requested_seq, story)
                SELECT id, owner, folded, 'script', 'final', 'completed', 1, number, number, '{}' FROM given
            )
            INSERT INTO videos (id, job, owner, number, run, state, files, name, folded, grams, presets, duration_s,
                                requested_seq, deleted_at)
            SELECT id, id, owner, 1, 1, 'completed', '[]', folded, folded,
                   ARRAY(SELECT jsonb_array_elements_text(given.grams)), '{tiktok}', number % 97, number,
                   CASE WHEN number % 500 = 3 THEN now() END
            FROM given
            """,
            numbers,
            plain,
            [orjson.dumps(grams(text)) for text in plain],
            EACH,
        )
        await connection.execute("ANALYZE jobs; ANALYZE videos")
        yield connection
        await connection.execute(f'DROP SCHEMA "{SCHEMA}" CASCADE')


def nodes(plan: dict[str, Any]) -> list[tuple[str, str]]:
    below = [found for each in plan.get("Plans", ()) for found in nodes(each)]
    return [(plan["Node Type"], plan.get("Relation Name", "")), *below]


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"q": "needle"},
        {"q": "plaj mark"},
        {"q": "ne"},
        {"deleted": True},
        {"state": State.COMPLETED},
        {"preset": PresetName.TIKTOK},
    ],
    ids=str,
)
async def test_no_page_reads_the_whole_table(filled: Connection, sort: Sort, wanted: dict[str, Any]):
    asked = Wanted(sort=sort, **wanted)
    for _ in range(2):
        sql, arguments = page("user 1", asked, None, 25)
        rows = await filled.fetch(sql, *arguments)
        assert rows
        sql, arguments = page("user 1", asked, cursor_after(rows[0], sort), 25)
        (told,) = (await filled.fetchrow(f"EXPLAIN (FORMAT JSON) {sql}", *arguments)).values()
        plan = orjson.loads(told)[0]["Plan"]
        assert ("Seq Scan", "videos") not in nodes(plan), plan
        assert ("Seq Scan", "jobs") not in nodes(plan), plan


async def test_every_video_is_on_one_page(filled: Connection):
    for sort in Sort:
        found: list[Any] = []
        cursor: str | None = None
        while True:
            sql, arguments = page("user 2", Wanted(sort=sort), cursor, 1_000)
            rows = await filled.fetch(sql, *arguments)
            found += [row["id"] for row in rows]
            if len(rows) < 1_000:
                break
            cursor = cursor_after(rows[-1], sort)
        assert len(found) == len(set(found)) == EACH - EACH // 500
