-- name: take_turn
-- Only one reconciler looks at a time; the lock is gone with its connection.
SELECT pg_try_advisory_lock(hashtext('edit-factory reconciler'));

-- name: give_turn
SELECT pg_advisory_unlock(hashtext('edit-factory reconciler'));

-- name: position
-- How far the log is written down.
SELECT seq FROM position WHERE stream = $1;

-- name: open_jobs
-- Some of the jobs that have not ended and were asked for before a time, in the log's order, above a place in it.
SELECT id, requested_seq, story FROM jobs
WHERE state IN ('queued', 'running') AND created_at < $1 AND requested_seq > $2
ORDER BY requested_seq
LIMIT $3;

-- name: unchecked
-- Some of the jobs with finished videos that the quality gate has said nothing of since before a time.
SELECT DISTINCT job FROM videos WHERE unchecked_since < $1 LIMIT $2;

-- name: waiting_assets
-- Some of the uploads that nobody has looked through and that came before a time, above a place in the log.
SELECT id, owner, uploaded_seq FROM assets
WHERE state = 'uploaded' AND created_at < $1 AND uploaded_seq > $2
ORDER BY uploaded_seq
LIMIT $3;
