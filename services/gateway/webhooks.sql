-- name: deliveries
-- A page of an endpoint's deliveries, newest first, below a place in its list.
SELECT id, number, type, state, created_at, due_at FROM publish.deliveries
WHERE endpoint = $1 AND owner = $2 AND number < $3
ORDER BY number DESC
LIMIT $4;

-- name: delivery
SELECT id, number, type, state, created_at, due_at FROM publish.deliveries
WHERE id = $1 AND endpoint = $2 AND owner = $3;

-- name: attempts
-- The last attempts at some deliveries.
SELECT wanted.id AS delivery, one.number, one.at, one.took_ms, one.status, one.fault, one.answer
FROM unnest($1::uuid[]) AS wanted (id) CROSS JOIN LATERAL (
    SELECT * FROM publish.attempts WHERE attempts.delivery = wanted.id ORDER BY number DESC LIMIT $2
) AS one
ORDER BY one.number DESC;

-- name: waiting
-- How many deliveries of an owner wait.
SELECT count(*) FROM publish.deliveries WHERE owner = $1 AND state = 'pending';

-- name: insert_delivery
INSERT INTO publish.deliveries (id, endpoint, owner, type, event, body) VALUES ($1, $2, $3, $4, $5, $6);

-- name: redeliver
-- Due now, with all its tries before it; one that is being sent at this moment is left to that.
UPDATE publish.deliveries SET state = 'pending', tries = 0, due_at = now()
WHERE id = $1 AND endpoint = $2 AND owner = $3 AND (leased_until IS NULL OR leased_until < now());

-- name: many_attempts
SELECT count(*) FROM publish.attempts WHERE delivery = $1;
