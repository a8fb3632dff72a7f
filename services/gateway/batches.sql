-- name: batches
-- A page of an owner's batches, newest first, below a place in the log ($2); or one of them ($4). Rows are counted by
-- their own state (``r_``), and those that have a job under way by its state (``j_``); of closed batches the counts were
-- kept. ``moving``: how far those under way are, added up. ``lately`` rows were made in ``since_s``.
SELECT batches.id, batches.title, batches.seq, batches.template, batches.feed, batches.expected, batches.prepared,
       batches.fault, batches.paused, batches.cancelled, batches.open, batches.counts, batches.created_at,
       batches.ended_at, batches.revision, settled.*, under_way.*, lately.*
FROM catalog.batches
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE state IN ('waiting', 'again')) AS r_waiting,
           count(*) FILTER (WHERE state = 'refused') AS r_refused,
           count(*) FILTER (WHERE state = 'completed') AS r_completed,
           count(*) FILTER (WHERE state = 'failed') AS r_failed,
           count(*) FILTER (WHERE state = 'cancelled') AS r_cancelled
    FROM catalog.batch_rows WHERE batch_rows.batch = batches.id AND batches.open
) AS settled
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE seen = 'queued') AS j_queued, count(*) FILTER (WHERE seen = 'running') AS j_running,
           count(*) FILTER (WHERE seen = 'waiting_for_review') AS j_waiting_for_review,
           count(*) FILTER (WHERE seen = 'completed') AS j_completed, count(*) FILTER (WHERE seen = 'failed') AS j_failed,
           count(*) FILTER (WHERE seen = 'cancelled') AS j_cancelled,
           sum(share) FILTER (WHERE seen IN ('queued', 'running', 'waiting_for_review')) AS moving
    FROM (
        SELECT CASE WHEN jobs.id IS NULL OR (jobs.state = 'queued' AND told.share IS NULL) THEN 'queued'
                    WHEN jobs.state = 'queued' OR jobs.seq < batch_rows.job_seq THEN 'running'
                    ELSE jobs.state END AS seen,
               coalesce(jobs.share, 0) + coalesce(told.share, 0) AS share
        FROM catalog.batch_rows LEFT JOIN factory.jobs ON jobs.id = batch_rows.job
        LEFT JOIN LATERAL (
            SELECT sum(progress.share) / (5 * count(*)) AS share FROM factory.progress WHERE progress.job = jobs.id
        ) AS told ON true
        WHERE batch_rows.batch = batches.id AND batch_rows.state = 'released' AND batches.open
    ) AS released
) AS under_way
CROSS JOIN LATERAL (
    SELECT count(*) AS lately, extract(epoch FROM now() - min(ended_at))::float8 AS since_s FROM (
        SELECT ended_at FROM catalog.batch_rows
        WHERE batch_rows.batch = batches.id AND state = 'completed' AND batches.open
        ORDER BY ended_at DESC
        LIMIT 20
    ) AS last_ones
) AS lately
WHERE batches.owner = $1 AND batches.seq < $2 AND ($4::uuid IS NULL OR batches.id = $4)
ORDER BY batches.seq DESC
LIMIT $3;

-- name: rows
-- A page of a batch's rows above a number, in order, with the jobs of those that have one; $4: only those in these states
-- (of rows), $5: of jobs (of rows that have one under way); each pattern of $6 must be in the key or the label.
SELECT batch_rows.number, batch_rows.key, batch_rows.label, batch_rows.state, batch_rows.job, batch_rows.fault,
       CASE WHEN batch_rows.job IS NULL THEN NULL ELSE jobs.story END AS story
FROM catalog.batch_rows LEFT JOIN factory.jobs ON jobs.id = batch_rows.job
WHERE batch_rows.batch = $1 AND batch_rows.number > $2
    AND ($4::text[] IS NULL OR batch_rows.state = ANY($4)
         OR (batch_rows.state = 'released' AND coalesce(jobs.state, 'queued') = ANY($5::text[])))
    AND (cardinality($6::text[]) = 0 OR batch_rows.folded LIKE ALL ($6::text[]))
ORDER BY batch_rows.number
LIMIT $3;

-- name: results
-- A page of a batch's rows above a number, in order, with the videos of their jobs and what is known of these.
SELECT batch_rows.number, batch_rows.key, batch_rows.label, batch_rows.state, batch_rows.job, batch_rows.fault,
       (SELECT story FROM factory.jobs WHERE jobs.id = batch_rows.job) AS story,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', videos.id, 'number', videos.number, 'files', videos.files,
                                                     'deleted', videos.deleted_at IS NOT NULL) ORDER BY videos.number)
                 FROM factory.videos WHERE videos.job = batch_rows.job), '[]') AS videos
FROM catalog.batch_rows
WHERE batch_rows.batch = $1 AND batch_rows.number > $2
ORDER BY batch_rows.number
LIMIT $3;

-- name: position
-- How far the catalog has followed the log.
SELECT seq FROM catalog.position WHERE stream = $1;

-- name: feed
SELECT id, language FROM catalog.feeds WHERE id = $1 AND owner = $2 AND deleted_at IS NULL;

-- name: first_products
-- The first ones of a feed that are there; of some ids ($2) if not null.
SELECT product FROM catalog.products WHERE feed = $1 AND gone_in IS NULL AND ($2::text[] IS NULL OR id = ANY($2))
ORDER BY number
LIMIT $3;
