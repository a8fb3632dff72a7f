-- name: take_turn
-- Only one projection writes at a time; the lock is gone with its connection.
SELECT pg_try_advisory_lock(hashtext('edit-factory projection'));

-- name: position
-- How far the events stream has been written down; locks it for this transaction.
SELECT seq FROM position WHERE stream = $1 FOR UPDATE;

-- name: begin_position
INSERT INTO position (stream, seq) VALUES ($1, 0) ON CONFLICT DO NOTHING;

-- name: move_position
UPDATE position SET seq = $2, updated_at = now() WHERE stream = $1;

-- name: stories
-- The stories so far of the jobs a batch is about.
SELECT story FROM jobs WHERE id = ANY($1::uuid[]);

-- name: forget_jobs
-- Jobs that were forgotten, with all that came before; one that was asked for again since stays. Videos and steps go
-- with their job.
WITH given AS (
    SELECT * FROM unnest($1::uuid[], $2::bigint[]) AS given (job, seq)
), gone AS (
    DELETE FROM jobs USING given WHERE jobs.id = given.job AND coalesce(jobs.requested_seq, 0) < given.seq
), edits AS (
    DELETE FROM timelines USING given WHERE timelines.job = given.job AND timelines.seq < given.seq
)
DELETE FROM progress USING given WHERE progress.job = given.job;

-- name: upsert_jobs
-- Rows as jobs: id, owner, title, kind, quality, state, share, created_at, finished_at, seq, requested_seq, project,
-- story, folded, batch.
INSERT INTO jobs (id, owner, title, kind, quality, state, share, created_at, finished_at, seq, requested_seq, project,
                  story, folded, batch)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::float8[],
                     $8::timestamptz[], $9::timestamptz[], $10::bigint[], $11::bigint[], $12::text[], $13::jsonb[],
                     $14::text[], $15::uuid[])
ON CONFLICT (id) DO UPDATE SET
    owner = EXCLUDED.owner, title = EXCLUDED.title, kind = EXCLUDED.kind, quality = EXCLUDED.quality,
    state = EXCLUDED.state, share = EXCLUDED.share, created_at = EXCLUDED.created_at,
    finished_at = EXCLUDED.finished_at, seq = EXCLUDED.seq, requested_seq = EXCLUDED.requested_seq,
    story = EXCLUDED.story, project = EXCLUDED.project, folded = EXCLUDED.folded,
    batch = EXCLUDED.batch
WHERE jobs.seq <= EXCLUDED.seq;

-- name: set_briefs
-- The brief as it was asked for, to be read back and made again.
UPDATE jobs SET brief = given.brief
FROM unnest($1::uuid[], $2::jsonb[]) AS given (id, brief)
WHERE jobs.id = given.id AND jobs.brief IS NULL;

-- name: upsert_videos
-- Grams and presets come as JSON lists.
INSERT INTO videos (id, job, owner, number, run, state, files, thumbnail, fault, name, folded, grams, project, kind,
                    quality, presets, duration_s, requested_seq, deleted_at, purged, awaited_step, awaited_seq)
SELECT given.id, job, owner, number, run, state, files, thumbnail, fault, name, folded,
       ARRAY(SELECT jsonb_array_elements_text(given.grams)), project, kind, quality,
       ARRAY(SELECT jsonb_array_elements_text(given.presets)), duration_s, requested_seq, deleted_at, purged,
       awaited_step, awaited_seq
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::int[], $6::text[], $7::jsonb[], $8::jsonb[],
            $9::jsonb[], $10::text[], $11::text[], $12::jsonb[], $13::text[], $14::text[], $15::text[], $16::jsonb[],
            $17::float8[], $18::bigint[], $19::timestamptz[], $20::boolean[], $21::text[], $22::bigint[])
    AS given (id, job, owner, number, run, state, files, thumbnail, fault, name, folded, grams, project, kind, quality,
              presets, duration_s, requested_seq, deleted_at, purged, awaited_step, awaited_seq)
ON CONFLICT (id) DO UPDATE SET
    run = EXCLUDED.run, state = EXCLUDED.state, files = EXCLUDED.files, thumbnail = EXCLUDED.thumbnail,
    fault = EXCLUDED.fault, name = EXCLUDED.name, folded = EXCLUDED.folded, grams = EXCLUDED.grams,
    project = EXCLUDED.project, kind = EXCLUDED.kind, quality = EXCLUDED.quality, presets = EXCLUDED.presets,
    duration_s = EXCLUDED.duration_s, requested_seq = EXCLUDED.requested_seq, deleted_at = EXCLUDED.deleted_at,
    purged = EXCLUDED.purged, awaited_step = EXCLUDED.awaited_step, awaited_seq = EXCLUDED.awaited_seq;

-- name: unfolded
-- Jobs with videos an earlier version wrote down, which the library can't find yet.
SELECT story FROM jobs WHERE requested_seq IS NOT NULL AND id IN (SELECT job FROM videos WHERE folded IS NULL LIMIT $1);

-- name: upsert_steps
-- The first outcome of a step stands; how much video it made may be known later.
INSERT INTO steps (video, run, step, state, reused, started_at, finished_at, fault, seq, quality, made_s)
SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::boolean[], $6::timestamptz[],
                     $7::timestamptz[], $8::jsonb[], $9::bigint[], $10::text[], $11::float8[])
ON CONFLICT (video, run, step) DO UPDATE SET made_s = EXCLUDED.made_s
WHERE steps.made_s IS DISTINCT FROM EXCLUDED.made_s;

-- name: upsert_timelines
INSERT INTO timelines (video, job, owner, seq, timeline, match_report)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::jsonb[], $6::jsonb[])
ON CONFLICT (video) DO UPDATE SET
    seq = EXCLUDED.seq, timeline = EXCLUDED.timeline, match_report = EXCLUDED.match_report
WHERE timelines.seq < EXCLUDED.seq;

-- name: insert_assets
INSERT INTO assets (id, owner, kind, name, blob, facts, state, created_at, uploaded_seq, seq)
SELECT given.*, given.seq
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::text[], $8::timestamptz[],
            $9::bigint[]) AS given (id, owner, kind, name, blob, facts, state, created_at, seq)
ON CONFLICT (id) DO NOTHING;

-- name: settle_assets
-- What the footage station found in uploads.
UPDATE assets SET
    state = given.state, usable_start_s = given.usable_start_s, usable_end_s = given.usable_end_s,
    thumbnail = given.thumbnail, media = given.media, fault = given.fault, seq = given.seq
FROM unnest($1::uuid[], $2::text[], $3::float8[], $4::float8[], $5::jsonb[], $6::jsonb[], $7::jsonb[], $8::bigint[])
    AS given (id, state, usable_start_s, usable_end_s, thumbnail, media, fault, seq)
WHERE assets.id = given.id AND assets.seq < given.seq;

-- name: describe_assets
-- What owners say of uploads; the highest revision is the last word. Keywords come as a JSON list.
UPDATE assets SET
    notes = given.notes, notes_revision = given.revision, favourite = given.favourite,
    keywords = ARRAY(SELECT jsonb_array_elements_text(given.keywords))
FROM unnest($1::uuid[], $2::bigint[], $3::jsonb[], $4::jsonb[], $5::boolean[])
    AS given (id, revision, notes, keywords, favourite)
WHERE assets.id = given.id AND assets.notes_revision < given.revision;

-- name: upsert_progress
-- Word that comes after the end of a job, or of looking an upload through (told under the upload's id), is late.
INSERT INTO progress (video, job, run, step, share, eta_s, note, at, began_at)
SELECT given.* FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::float8[], $6::float8[], $7::text[],
                           $8::timestamptz[], $9::timestamptz[])
    AS given (video, job, run, step, share, eta_s, note, at, began_at)
WHERE NOT EXISTS (
    SELECT FROM jobs WHERE jobs.id = given.job AND jobs.state IN ('completed', 'failed', 'cancelled')
) AND NOT EXISTS (
    SELECT FROM assets WHERE assets.id = given.job AND assets.state <> 'uploaded'
)
ON CONFLICT (video) DO UPDATE SET
    run = EXCLUDED.run, step = EXCLUDED.step, share = EXCLUDED.share, eta_s = EXCLUDED.eta_s, note = EXCLUDED.note,
    at = EXCLUDED.at, began_at = EXCLUDED.began_at
WHERE progress.at < EXCLUDED.at;

-- name: drop_finished_progress
-- A job that has ended has no progress any more.
DELETE FROM progress USING jobs
WHERE progress.job = jobs.id AND jobs.id = ANY($1::uuid[]) AND jobs.state IN ('completed', 'failed', 'cancelled');

-- name: drop_settled_progress
-- An upload that was looked through has no progress any more.
DELETE FROM progress USING assets
WHERE progress.video = assets.id AND assets.id = ANY($1::uuid[]) AND assets.state <> 'uploaded';
