-- name: take_turn
-- Only one process follows the log at a time; the lock is gone with its connection.
SELECT pg_try_advisory_lock(hashtext('edit-factory catalog'));

-- name: position
-- How far the log has been followed; locks it for this transaction.
SELECT seq FROM position WHERE stream = $1 FOR UPDATE;

-- name: begin_position
INSERT INTO position (stream, seq) VALUES ($1, 0) ON CONFLICT DO NOTHING;

-- name: move_position
UPDATE position SET seq = $2, updated_at = now() WHERE stream = $1;

-- name: file_feed
-- What an owner says of a feed; the highest revision is the last word.
INSERT INTO feeds (id, owner, lane, revision, name, url, columns, language, created_at, deleted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (id) DO UPDATE SET
    revision = EXCLUDED.revision, name = EXCLUDED.name, url = EXCLUDED.url, columns = EXCLUDED.columns,
    language = EXCLUDED.language, deleted_at = EXCLUDED.deleted_at
WHERE feeds.revision < EXCLUDED.revision;

-- name: drop_products
-- Those of a feed that was deleted.
DELETE FROM products USING feeds WHERE feeds.id = $1 AND products.feed = feeds.id AND feeds.deleted_at IS NOT NULL;

-- name: stop_imports
-- Of a feed that was deleted.
UPDATE imports SET state = 'failed', fault = $2, finished_at = now(), lease = NULL, leased_until = NULL
FROM feeds
WHERE imports.feed = $1 AND feeds.id = $1 AND feeds.deleted_at IS NOT NULL AND state IN ('waiting', 'running');

-- name: request_import
-- Of a feed that is there and was not deleted.
INSERT INTO imports (id, feed, number, owner, lane, url, asset, columns, idempotency_key, fingerprint, requested_at)
SELECT $1, feeds.id, $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM feeds WHERE id = $2 AND deleted_at IS NULL
ON CONFLICT DO NOTHING;

-- name: note_imported
-- An outcome that is in the log: if the products of it are not here (the database was made anew), they are read again.
UPDATE imports SET
    announced = true, source = coalesce(source, $2), counts = coalesce(counts, $3),
    finished_at = coalesce(finished_at, $4), lease = NULL, leased_until = NULL, due_at = now()
WHERE id = $1;

-- name: forget_older
-- Of several imports that are to be read again, the newest is enough.
UPDATE imports SET state = 'imported', share = 1
FROM imports AS newer
WHERE newer.id = $1 AND imports.feed = newer.feed AND imports.number < newer.number AND imports.announced
    AND imports.state IN ('waiting', 'running');

-- name: note_failed
UPDATE imports SET
    announced = true, state = 'failed', fault = coalesce(fault, $2), finished_at = coalesce(finished_at, $3),
    lease = NULL, leased_until = NULL
WHERE id = $1;
