-- name: hit
-- One request more of a user ($1) and kind ($2). A window begins with its first request and lasts $3; once it is over the
-- limit ($4) there is nothing left to count.
INSERT INTO windows AS running (who, kind, ends_at, used) VALUES ($1, $2, now() + $3::interval, 1)
ON CONFLICT (who, kind) DO UPDATE SET
  used = CASE WHEN running.ends_at <= now() THEN 1 ELSE least(running.used, $4::integer) + 1 END,
  ends_at = CASE WHEN running.ends_at <= now() THEN excluded.ends_at ELSE running.ends_at END
RETURNING used, extract(epoch FROM ends_at - now())::float8 AS left_s;

-- name: forget_windows
-- Some of those that have ended; a running request may hold one, which is then left for the next time.
DELETE FROM windows WHERE (who, kind) IN (
  SELECT who, kind FROM windows WHERE ends_at < now() LIMIT 1000 FOR UPDATE SKIP LOCKED
);

-- name: one_by_one
-- Streams of one user are opened in turns, so that of two at the same moment only as many get in as may.
SELECT pg_advisory_xact_lock(hashtextextended('edit-factory streams ' || $1::text, 0));

-- name: open_stream
INSERT INTO streams (id, who, gateway, expires_at)
SELECT $1, $2::text, $3, now() + $4::interval
WHERE (SELECT count(*) FROM streams WHERE who = $2::text AND expires_at > now()) < $5
RETURNING id;

-- name: keep_streams
-- Renews a gateway's streams, and puts down those that PostgreSQL did not hear of or has forgotten.
INSERT INTO streams (id, who, gateway, expires_at)
SELECT held.id, held.who, $3, now() + $4::interval FROM unnest($1::uuid[], $2::text[]) AS held (id, who)
ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at;

-- name: close_stream
DELETE FROM streams WHERE id = $1;

-- name: close_streams
DELETE FROM streams WHERE gateway = $1;

-- name: forget_streams
DELETE FROM streams WHERE expires_at < now();
