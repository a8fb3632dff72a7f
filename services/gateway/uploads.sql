-- name: one_by_one
-- Uploads of one owner are begun in turns, so that of several at the same moment only as many begin as may.
SELECT pg_advisory_xact_lock(hashtextextended('edit-factory uploads ' || $1::text, 0));

-- name: begin
INSERT INTO uploads (id, owner, kind, name, metadata, length, salt, expires_at)
SELECT $1, $2::text, $3, $4, $5, $6, $7, now() + $8::interval
WHERE (SELECT count(*) FROM uploads WHERE owner = $2::text AND state = 'receiving' AND expires_at > now()) < $9
RETURNING *;

-- name: find
SELECT * FROM uploads WHERE id = $1 AND owner = $2 AND expires_at > now();

-- name: unfinished
SELECT * FROM uploads WHERE owner = $1 AND state = 'receiving' AND expires_at > now()
ORDER BY created_at DESC, id LIMIT $2;

-- name: hold
-- One request at a time works on an upload. By the server's own clock; a holder that died lets go in time.
UPDATE uploads SET holder = $3, held_until = now() + $4::interval
WHERE id = $1 AND owner = $2 AND expires_at > now() AND (holder IS NULL OR held_until < now())
RETURNING *;

-- name: keep_hold
UPDATE uploads SET held_until = now() + $3::interval WHERE id = $1 AND holder = $2;

-- name: let_go
UPDATE uploads SET holder = NULL, held_until = NULL WHERE id = $1 AND holder = $2;

-- name: add_part
-- The part and the new offset together, if nobody else has taken over meanwhile.
WITH grown AS (
  UPDATE uploads SET received = received + $4::bigint, held_until = now() + $6::interval
  WHERE id = $1 AND holder = $2 AND received = $3 RETURNING id
)
INSERT INTO upload_parts (upload, number, sha256, size)
SELECT id, (SELECT count(*) FROM upload_parts WHERE upload = $1), $5, $4::bigint FROM grown
RETURNING number;

-- name: parts
SELECT sha256, size FROM upload_parts WHERE upload = $1 ORDER BY number;

-- name: drop_parts
DELETE FROM upload_parts WHERE upload = $1;

-- name: tried
UPDATE uploads SET tries = tries + 1 WHERE id = $1 AND holder = $2 RETURNING tries;

-- name: end
UPDATE uploads SET state = $3, asset = $4, fault = $5, expires_at = least(expires_at, now() + $6::interval)
WHERE id = $1 AND holder = $2;

-- name: left_behind
-- Whole, and not looked at by anybody: whoever was at it died, or was stopped.
SELECT id, owner FROM uploads
WHERE state = 'receiving' AND received = length AND expires_at > now() AND (holder IS NULL OR held_until < now())
ORDER BY created_at LIMIT $1;

-- name: expired
SELECT id FROM uploads WHERE expires_at <= now() AND (holder IS NULL OR held_until < now()) LIMIT $1;

-- name: remove
DELETE FROM uploads WHERE id = $1;
