-- name: job
-- One job of one owner; its brief and the last word on its running steps with it.
SELECT story, brief FROM jobs WHERE id = $1 AND owner = $2;

-- name: jobs
-- A page of an owner's jobs, newest first, below a place in the log; $3 filters by state if not null; each pattern of
-- $5 must be in the folded title; $6: only those of this batch, $7: only those of none.
SELECT story, requested_seq FROM jobs
WHERE owner = $1 AND requested_seq IS NOT NULL AND requested_seq < $2 AND ($3::text IS NULL OR state = $3)
    AND (cardinality($5::text[]) = 0 OR folded LIKE ALL ($5::text[])) AND ($6::uuid IS NULL OR batch = $6)
    AND (NOT $7::boolean OR batch IS NULL)
ORDER BY requested_seq DESC
LIMIT $4;

-- name: progress
SELECT video, run, step, share, eta_s, began_at FROM progress WHERE job = ANY($1::uuid[]);

-- name: video
SELECT jobs.id AS job, jobs.story FROM videos JOIN jobs ON jobs.id = videos.job
WHERE videos.id = $1 AND videos.owner = $2;

-- name: timeline
SELECT timeline FROM timelines WHERE video = $1 AND owner = $2;

-- name: match_report
SELECT match_report FROM timelines WHERE video = $1 AND owner = $2;

-- name: asset
SELECT * FROM assets WHERE id = $1 AND owner = $2;

-- name: assets_by_id
SELECT * FROM assets WHERE id = ANY($1::uuid[]) AND owner = $2;

-- name: assets
-- A page of an owner's uploads, newest first, below a place in the log; filters that are null filter nothing but
-- tables, which are no media.
SELECT * FROM assets
WHERE owner = $1 AND uploaded_seq < $2 AND CASE WHEN $3::text IS NULL THEN kind <> 'table' ELSE kind = $3 END
    AND ($5::text IS NULL OR keywords @> ARRAY[$5::text]) AND ($6::boolean IS NULL OR favourite = $6)
ORDER BY uploaded_seq DESC
LIMIT $4;

-- name: projects
-- A page of an owner's projects by name, above a name.
SELECT project, count(*) AS jobs,
       (array_agg(id ORDER BY requested_seq DESC) FILTER (WHERE state IN ('queued', 'running', 'waiting_for_review')))[1]
           AS active_job,
       (array_agg(id ORDER BY requested_seq DESC))[1] AS last_job,
       max(created_at) AS last_at
FROM jobs
WHERE owner = $1 AND project > $2 AND requested_seq IS NOT NULL
GROUP BY project
ORDER BY project
LIMIT $3;

-- name: position
-- How far the log has been written down.
SELECT seq FROM position WHERE stream = $1;

-- name: moving
-- An owner's jobs and uploads that somebody may be working on.
(SELECT id FROM jobs WHERE owner = $1 AND state IN ('queued', 'running') ORDER BY requested_seq DESC LIMIT $2)
UNION ALL
(SELECT id FROM assets WHERE owner = $1 AND state = 'uploaded' ORDER BY uploaded_seq DESC LIMIT $2);

-- name: changed
-- What of an owner's has changed since a place in the log, the oldest change first.
SELECT 'job' AS kind, id, seq FROM jobs WHERE owner = $1 AND seq > $2 AND requested_seq IS NOT NULL
UNION ALL
SELECT 'asset', id, seq FROM assets WHERE owner = $1 AND seq > $2
ORDER BY seq
LIMIT $3;

-- name: typical
-- Medians of the last finished steps by step and quality: seconds, and seconds for each second of video. Words that
-- users said of a step took no time and are no work.
SELECT wanted.step, wanted.quality, percentile_cont(0.5) WITHIN GROUP (ORDER BY took_s) AS took_s,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY took_s / made_s) FILTER (WHERE made_s > 0) AS per_s
FROM (SELECT step, quality FROM unnest($1::text[]) AS step CROSS JOIN unnest($2::text[]) AS quality) AS wanted
CROSS JOIN LATERAL (
    SELECT extract(epoch FROM finished_at - started_at)::float8 AS took_s, made_s FROM steps
    WHERE steps.step = wanted.step AND steps.quality = wanted.quality AND state = 'done' AND NOT reused
        AND finished_at > started_at
    ORDER BY seq DESC
    LIMIT 50
) AS lately
GROUP BY wanted.step, wanted.quality;

-- name: places
-- The place in a station's queue of each message ($2) above the last one that was handed out ($3).
SELECT given.step, given.seq,
       1 + (SELECT count(DISTINCT awaited_seq) FROM videos
            WHERE awaited_step = given.step AND awaited_seq > given.taken AND awaited_seq < given.seq) AS place
FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS given (step, seq, taken);
