-- A user's library: what its videos are called, found and sorted by. Rows written before have no `folded` yet; the
-- projection fills them in when it starts.

ALTER TABLE videos
    ADD COLUMN name text NOT NULL DEFAULT '',
    ADD COLUMN folded text COLLATE "C",
    ADD COLUMN grams text[] NOT NULL DEFAULT '{}',
    ADD COLUMN project text,
    ADD COLUMN kind text NOT NULL DEFAULT '',
    ADD COLUMN quality text NOT NULL DEFAULT '',
    ADD COLUMN presets text[] NOT NULL DEFAULT '{}',
    ADD COLUMN duration_s double precision NOT NULL DEFAULT 0,
    ADD COLUMN requested_seq bigint,
    ADD COLUMN deleted_at timestamptz,
    ADD COLUMN purged boolean NOT NULL DEFAULT false,
    ADD COLUMN awaited_step text,
    ADD COLUMN awaited_seq bigint;
-- One index a sort; each is read in its order from the last item of the page before.
CREATE INDEX videos_newest ON videos (owner, requested_seq, number) WHERE deleted_at IS NULL;
CREATE INDEX videos_by_name ON videos (owner, folded, id) WHERE deleted_at IS NULL;
CREATE INDEX videos_longest ON videos (owner, duration_s, id) WHERE deleted_at IS NULL;
CREATE INDEX videos_deleted ON videos (owner, requested_seq, number) WHERE deleted_at IS NOT NULL;
CREATE INDEX videos_by_gram ON videos USING gin (grams);
CREATE INDEX videos_unfolded ON videos (job) WHERE folded IS NULL;
-- Who waits at a station, in the order of the log.
CREATE INDEX videos_awaiting ON videos (awaited_step, awaited_seq) WHERE awaited_step IS NOT NULL;

-- What changed since somebody last looked.
CREATE INDEX jobs_changed ON jobs (owner, seq);
CREATE INDEX assets_changed ON assets (owner, seq);

ALTER TABLE jobs ADD COLUMN folded text COLLATE "C";

-- How long steps take: of which video (seconds of it, all its files together).
ALTER TABLE steps ADD COLUMN quality text, ADD COLUMN made_s double precision;
CREATE INDEX steps_lately ON steps (step, quality, seq DESC) WHERE state = 'done' AND NOT reused;

ALTER TABLE progress ADD COLUMN began_at timestamptz;
