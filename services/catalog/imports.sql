-- name: claim_import
-- The import that is due the longest, of owners that have none under way here ($3) first; those of one feed in order.
UPDATE imports SET
    state = 'running', tries = tries + 1, lease = $1, leased_until = now() + $2::float8 * interval '1 second',
    started_at = coalesce(started_at, now())
WHERE id = (
    SELECT id FROM imports AS one
    WHERE state IN ('waiting', 'running') AND due_at <= now() AND (leased_until IS NULL OR leased_until < now())
        AND NOT EXISTS (
            SELECT FROM imports AS earlier
            WHERE earlier.feed = one.feed AND earlier.number < one.number AND earlier.state IN ('waiting', 'running')
        )
    ORDER BY owner = ANY($3::text[]), due_at
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
RETURNING id, feed, number, owner, lane, url, asset, columns, tries, source;

-- name: renew
-- How far an import is, if it is still ours.
UPDATE imports SET share = $3, leased_until = now() + $4::float8 * interval '1 second'
WHERE id = $1 AND lease = $2
RETURNING id;

-- name: give_back_import
UPDATE imports SET
    state = 'waiting', lease = NULL, leased_until = NULL, tries = tries - $3::int,
    due_at = now() + $4::float8 * interval '1 second'
WHERE id = $1 AND lease = $2;

-- name: note_source
UPDATE imports SET source = $3 WHERE id = $1 AND lease = $2;

-- name: read_before
-- The import a feed's products are of, if it came out of the same bytes, read the same way.
SELECT imports.id, imports.counts FROM feeds
JOIN imports ON imports.feed = feeds.id AND imports.number = feeds.current
WHERE feeds.id = $1 AND feeds.deleted_at IS NULL AND imports.source ->> 'sha256' = $2 AND imports.reading = $3;

-- name: own_import
-- Locks the feed of an import that is still ours; nothing if the feed was deleted.
SELECT feeds.current FROM feeds JOIN imports ON imports.feed = feeds.id
WHERE imports.id = $1 AND imports.lease = $2 AND feeds.deleted_at IS NULL
FOR UPDATE;

-- name: compared
-- How many of what was read are new, changed and the same.
SELECT count(*) FILTER (WHERE known.id IS NULL) AS new,
       count(*) FILTER (WHERE known.fingerprint <> staged.fingerprint) AS changed,
       count(*) FILTER (WHERE known.fingerprint = staged.fingerprint) AS same
FROM staged LEFT JOIN products AS known ON known.feed = $1 AND known.id = staged.id AND known.gone_in IS NULL
WHERE staged.lease = $2;

-- name: mark_gone
UPDATE products SET gone_in = $3, gone_at = now()
WHERE feed = $1 AND gone_in IS NULL
    AND NOT EXISTS (SELECT FROM staged WHERE staged.lease = $2 AND staged.id = products.id);

-- name: write_products
INSERT INTO products AS known (feed, id, product, fingerprint, folded, new_in, changed_in)
SELECT $1, id, product, fingerprint, folded, $3, $3 FROM staged
WHERE lease = $2 AND NOT EXISTS (
    SELECT FROM products AS old
    WHERE old.feed = $1 AND old.id = staged.id AND old.fingerprint = staged.fingerprint AND old.gone_in IS NULL
)
ORDER BY place
ON CONFLICT (feed, id) DO UPDATE SET
    product = EXCLUDED.product, fingerprint = EXCLUDED.fingerprint, folded = EXCLUDED.folded,
    new_in = CASE WHEN known.gone_in IS NULL THEN known.new_in ELSE EXCLUDED.new_in END,
    changed_in = EXCLUDED.changed_in, gone_in = NULL, gone_at = NULL;

-- name: drop_long_gone
DELETE FROM products WHERE feed = $1 AND gone_at < now() - $2::float8 * interval '1 second';

-- name: settle_import
-- What is in the log already was said first.
UPDATE imports SET
    state = $3, share = 1, source = coalesce($4, source), reading = $5, counts = coalesce(counts, $6), fault = $7,
    finished_at = coalesce(finished_at, now()), lease = NULL, leased_until = NULL
WHERE id = $1 AND lease = $2
RETURNING id;

-- name: settle_feed
UPDATE feeds SET current = $2 WHERE id = $1;

-- name: copy_problems
INSERT INTO problems (import, number, line, "column", product, message)
SELECT $1, number, line, "column", product, message FROM problems WHERE import = $2
ON CONFLICT DO NOTHING;

-- name: clear_staged
DELETE FROM staged WHERE lease = $1;

-- name: clear_abandoned
-- What imports left behind that are nobody's any more.
DELETE FROM staged WHERE NOT EXISTS (SELECT FROM imports WHERE imports.lease = staged.lease);

-- name: clear_problems
DELETE FROM problems WHERE import = $1;

-- name: drop_old_imports
-- Of each feed the newest ones are kept.
DELETE FROM imports USING feeds
WHERE imports.feed = $1 AND feeds.id = imports.feed AND imports.number <= $2 AND imports.number <> feeds.current
    AND imports.announced AND imports.state IN ('imported', 'failed');

-- name: untold
-- Outcomes that nobody announced yet.
SELECT id, feed, number, owner, lane, state, source, counts, fault, finished_at FROM imports
WHERE state IN ('imported', 'failed') AND NOT announced
ORDER BY finished_at
LIMIT 100;

-- name: told
UPDATE imports SET announced = true WHERE id = $1;
