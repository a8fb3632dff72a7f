-- name: job
-- One job of one owner; its brief and the last word on its running steps with it.
SELECT story, brief FROM jobs WHERE id = $1 AND owner = $2;

-- name: jobs
-- A page of an owner's jobs, newest first, below a place in the log; $3 filters by state if not null.
SELECT story, requested_seq FROM jobs
WHERE owner = $1 AND requested_seq IS NOT NULL AND requested_seq < $2 AND ($3::text IS NULL OR state = $3)
ORDER BY requested_seq DESC
LIMIT $4;

-- name: progress
SELECT video, run, step, share, eta_s FROM progress WHERE job = ANY($1::uuid[]);

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
-- A page of an owner's uploads, newest first, below a place in the log; filters that are null filter nothing.
SELECT * FROM assets
WHERE owner = $1 AND uploaded_seq < $2 AND ($3::text IS NULL OR kind = $3)
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
