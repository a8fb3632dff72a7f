-- name: take_turn
-- Only one process makes rows and jobs of batches at a time; the lock is gone with its connection.
SELECT pg_try_advisory_lock(hashtext('edit-factory batches'));

-- name: add_batch
INSERT INTO batches (id, owner, seq, title, template, wanted, overrides, feed, expected, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (id) DO NOTHING;

-- name: steer
-- One more revision; whether it is news.
UPDATE batches SET
    revision = $2,
    paused = CASE $3 WHEN 'paused' THEN true WHEN 'resumed' THEN false ELSE paused END,
    cancelled = cancelled OR $3 = 'cancelled',
    open = open OR $3 = 'retried',
    ended_at = CASE $3 WHEN 'retried' THEN NULL ELSE ended_at END
WHERE id = $1 AND revision < $2
RETURNING cancelled;

-- name: cancel_waiting
UPDATE batch_rows SET state = 'cancelled', ended_at = $2 WHERE batch = $1 AND state IN ('waiting', 'again');

-- name: try_again
-- What was refused is spelled again, what failed goes on.
UPDATE batch_rows SET state = CASE state WHEN 'refused' THEN 'waiting' ELSE 'again' END, fault = NULL, ended_at = NULL
WHERE batch = $1 AND state IN ('refused', 'failed');

-- name: reopen
-- A job that its user tries again by itself belongs to its row once more.
WITH found AS (
    UPDATE batch_rows SET state = 'released', job_seq = greatest(job_seq, $2), fault = NULL, ended_at = NULL
    WHERE job = $1 AND job_seq < $2
    RETURNING batch
)
UPDATE batches SET open = true, ended_at = NULL FROM found WHERE batches.id = found.batch;

-- name: close
-- A batch has ended so many times, with such counts; it is closed, unless something is to be done again since.
UPDATE batches SET
    ends = greatest(ends, $2), counts = $3, ended_at = $4,
    open = ends >= $2 OR NOT prepared OR EXISTS (
        SELECT FROM batch_rows WHERE batch = $1 AND state IN ('waiting', 'again', 'released')
    )
WHERE id = $1 AND open;

-- name: to_prepare
SELECT id, owner, seq, template, wanted, overrides, cancelled FROM batches WHERE open AND NOT prepared
ORDER BY seq
LIMIT 1;

-- name: prepare_alone
-- For as long as the transaction lasts. Not the batch itself is locked: whoever steers it does not wait.
SELECT pg_try_advisory_xact_lock(hashtext('edit-factory batch rows'));

-- name: add_rows
-- Rows as batch, feed, and lists of number, key, label, folded, body, made_of, fault.
INSERT INTO batch_rows (batch, feed, number, key, label, folded, body, made_of, fault, state, ended_at)
SELECT $1, $2, given.*, CASE WHEN given.fault IS NULL THEN 'waiting' ELSE 'refused' END,
       CASE WHEN given.fault IS NULL THEN NULL ELSE now() END
FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::text[], $9::jsonb[])
    AS given (number, key, label, folded, body, made_of, fault)
ON CONFLICT DO NOTHING;

-- name: products_wanted
-- Of a feed, in its order: those of some ids ($2), or all that are there.
SELECT product FROM products WHERE feed = $1 AND gone_in IS NULL AND ($2::text[] IS NULL OR id = ANY($2))
ORDER BY number, id;

-- name: already_made
-- Which of these an earlier batch of the feed has made, or is to make.
SELECT DISTINCT made_of FROM batch_rows JOIN batches ON batches.id = batch_rows.batch
WHERE batch_rows.feed = $1 AND made_of = ANY($2::text[]) AND batches.seq < $3
    AND batch_rows.state NOT IN ('refused', 'failed', 'cancelled');

-- name: prepared
UPDATE batches SET prepared = true, fault = $2 WHERE id = $1 RETURNING cancelled;

-- name: settle
-- Rows whose job has ended, as far as the facts that were looked at say.
UPDATE batch_rows SET
    state = jobs.state, ended_at = coalesce(jobs.finished_at, now()),
    fault = (SELECT videos.fault FROM factory.videos WHERE videos.job = jobs.id AND videos.fault IS NOT NULL
             ORDER BY videos.number LIMIT 1)
FROM factory.jobs
WHERE batch_rows.state = 'released' AND jobs.id = batch_rows.job AND jobs.seq >= batch_rows.job_seq
    AND jobs.state IN ('completed', 'failed', 'cancelled')
RETURNING batch_rows.batch;

-- name: next_rows
-- For each owner as many rows as there is room for ($1) beside those under way: the batches in turn, each in order.
WITH busy AS (
    SELECT batches.owner, count(*) AS many
    FROM batch_rows JOIN batches ON batches.id = batch_rows.batch LEFT JOIN factory.jobs ON jobs.id = batch_rows.job
    WHERE batch_rows.state = 'released' AND coalesce(jobs.state, 'queued') <> 'waiting_for_review'
    GROUP BY batches.owner
), going AS (
    SELECT id, owner, seq FROM batches WHERE open AND prepared AND NOT paused AND NOT cancelled
), ready AS (
    SELECT going.owner, going.seq, one.*, row_number() OVER (PARTITION BY going.id ORDER BY one.number) AS turn
    FROM going CROSS JOIN LATERAL (
        SELECT batch, number, key, state, body, attempt, job FROM batch_rows
        WHERE batch = going.id AND state IN ('waiting', 'again')
        ORDER BY number
        LIMIT $1
    ) AS one
), placed AS (
    SELECT ready.*, coalesce(busy.many, 0) + row_number() OVER (PARTITION BY owner ORDER BY turn, seq) AS place
    FROM ready LEFT JOIN busy USING (owner)
)
SELECT owner, batch, number, key, state, body, attempt, job FROM placed WHERE place <= $1
ORDER BY turn, place
LIMIT $2;

-- name: template
SELECT template FROM batches WHERE id = $1;

-- name: release
UPDATE batch_rows SET state = 'released', job = $3, job_seq = greatest(job_seq, $4), fault = NULL, ended_at = NULL
WHERE batch = $1 AND number = $2 AND state IN ('waiting', 'again');

-- name: refuse
UPDATE batch_rows SET state = 'refused', fault = $3, ended_at = now()
WHERE batch = $1 AND number = $2 AND state IN ('waiting', 'again');

-- name: make_anew
-- The job that failed is gone, or was cancelled: the row gets another one.
UPDATE batch_rows SET state = 'waiting', attempt = attempt + 1 WHERE batch = $1 AND number = $2 AND state = 'again';

-- name: to_stop
-- Jobs under way of batches that were cancelled.
SELECT batches.owner, batch_rows.batch, batch_rows.number, batch_rows.job
FROM batches JOIN batch_rows ON batch_rows.batch = batches.id
WHERE batches.open AND batches.cancelled AND batch_rows.state = 'released' AND NOT batch_rows.stopped
LIMIT $1;

-- name: stopped
UPDATE batch_rows SET stopped = true WHERE batch = $1 AND number = $2;

-- name: ended
-- Batches of which nothing is left to do, with what became of their rows.
SELECT id, owner, title, ends, fault, counted.* FROM batches CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE state = 'completed') AS done, count(*) FILTER (WHERE state = 'failed') AS failed,
           count(*) FILTER (WHERE state = 'refused') AS refused, count(*) FILTER (WHERE state = 'cancelled') AS cancelled
    FROM batch_rows WHERE batch = batches.id
) AS counted
WHERE open AND prepared AND NOT EXISTS (
    SELECT FROM batch_rows WHERE batch = batches.id AND state IN ('waiting', 'again', 'released')
)
LIMIT 20;

-- name: anything
-- Whether there is anything to do for batches.
SELECT EXISTS (SELECT FROM batches WHERE open);
