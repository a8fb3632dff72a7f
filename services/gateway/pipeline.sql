-- name: progress
-- When each step last told how far it is.
SELECT step, max(at) AS at FROM progress GROUP BY step;

-- name: written
-- How far the log is written down, and how many jobs the line works on: those that wait for their user are not counted.
SELECT (SELECT seq FROM position WHERE stream = $1) AS position,
       (SELECT count(*) FROM jobs WHERE state IN ('queued', 'running') AND requested_seq IS NOT NULL) AS jobs_open;
