-- name: take_turn
-- Only one process follows the log at a time; the lock is gone with its connection.
SELECT pg_try_advisory_lock(hashtext('edit-factory publish'));

-- name: position
-- How far the log has been followed; locks it for this transaction.
SELECT seq FROM position WHERE stream = $1 FOR UPDATE;

-- name: begin_position
INSERT INTO position (stream, seq) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: move_position
UPDATE position SET seq = $2, updated_at = now() WHERE stream = $1;

-- name: insert_deliveries
-- Those of owners whose queue has room. Rows as id, endpoint, owner, type, event, body.
WITH waiting AS (
    SELECT owner, count(*) AS many FROM deliveries
    WHERE state = 'pending' AND owner = ANY($3::text[])
    GROUP BY owner
)
INSERT INTO deliveries (id, endpoint, owner, type, event, body)
SELECT given.* FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])
    AS given (id, endpoint, owner, type, event, body)
LEFT JOIN waiting ON waiting.owner = given.owner
WHERE coalesce(waiting.many, 0) < $7
ON CONFLICT DO NOTHING
RETURNING id;

-- name: claim
-- Due deliveries, the oldest first: of each endpoint and of each owner as many as it has room for. $1, $2: endpoints
-- and how many of theirs are in hand; $3, $4: the same of owners; $5, $6, $7: the most an endpoint, an owner, in all.
WITH endpoints AS (
    SELECT DISTINCT deliveries.endpoint, $5 - coalesce(busy.many, 0) AS room
    FROM deliveries LEFT JOIN unnest($1::uuid[], $2::int[]) AS busy (endpoint, many) USING (endpoint)
    WHERE state = 'pending' AND due_at <= now() AND coalesce(busy.many, 0) < $5
), due AS (
    SELECT one.* FROM endpoints CROSS JOIN LATERAL (
        SELECT id, owner, due_at FROM deliveries
        WHERE endpoint = endpoints.endpoint AND state = 'pending' AND due_at <= now()
            AND (leased_until IS NULL OR leased_until < now())
        ORDER BY due_at
        LIMIT endpoints.room
        FOR UPDATE SKIP LOCKED
    ) AS one
), placed AS (
    SELECT id, due_at, coalesce(busy.many, 0) + row_number() OVER (PARTITION BY due.owner ORDER BY due_at) AS place
    FROM due LEFT JOIN unnest($3::text[], $4::int[]) AS busy (owner, many) USING (owner)
)
UPDATE deliveries SET lease = $8, leased_until = now() + $9::float8 * interval '1 second'
WHERE id IN (SELECT id FROM placed WHERE place <= $6 ORDER BY due_at LIMIT $7)
RETURNING id, endpoint, owner, type, body, tries;

-- name: settle
-- What came of a try, if it is still ours to say.
UPDATE deliveries SET
    state = $3, tries = $4, due_at = now() + $5::float8 * interval '1 second', lease = NULL, leased_until = NULL
WHERE id = $1 AND lease = $2
RETURNING id;

-- name: note_attempt
INSERT INTO attempts (delivery, number, at, took_ms, status, fault, answer)
SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6 FROM attempts WHERE delivery = $1;

-- name: works
DELETE FROM failing WHERE endpoint = $1;

-- name: fails
-- Since when an endpoint has only failed.
INSERT INTO failing (endpoint) VALUES ($1)
ON CONFLICT (endpoint) DO UPDATE SET since = failing.since
RETURNING since;

-- name: give_back
-- Deliveries in hand when a process ends: another one may take them at once.
UPDATE deliveries SET lease = NULL, leased_until = NULL WHERE lease = ANY($1::uuid[]);

-- name: drop_old
DELETE FROM deliveries WHERE id IN (
    SELECT id FROM deliveries
    WHERE created_at < now() - $1::float8 * interval '1 second' AND state <> 'pending'
    ORDER BY created_at
    LIMIT $2
);

-- name: forget_failing
DELETE FROM failing WHERE NOT EXISTS (SELECT FROM deliveries WHERE deliveries.endpoint = failing.endpoint);
