-- What is known of jobs, videos, steps and assets, derived from the events stream alone.
-- Everything here can be dropped and made again by `edit-factory projection rebuild`.

CREATE TABLE position (
    stream      text PRIMARY KEY,
    seq         bigint NOT NULL,
    updated_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE jobs (
    id           uuid PRIMARY KEY,
    owner        text NOT NULL,
    title        text NOT NULL,
    kind         text NOT NULL,
    quality      text NOT NULL,
    state        text NOT NULL,
    share        double precision NOT NULL,
    created_at   timestamptz,
    finished_at  timestamptz,
    seq          bigint NOT NULL,
    requested_seq bigint,
    story        jsonb NOT NULL,
    brief        jsonb
);
-- The list of a user's jobs, newest first.
CREATE INDEX jobs_by_owner ON jobs (owner, requested_seq DESC);
-- Jobs that have not ended, for whoever looks for stuck ones.
CREATE INDEX jobs_open ON jobs (created_at) WHERE state IN ('queued', 'running');

CREATE TABLE videos (
    id            uuid PRIMARY KEY,
    job           uuid NOT NULL REFERENCES jobs ON DELETE CASCADE,
    owner         text NOT NULL,
    number        int NOT NULL,
    run           int NOT NULL,
    state         text NOT NULL,
    files         jsonb NOT NULL,
    thumbnail     jsonb,
    fault         jsonb,
    UNIQUE (job, number)
);

CREATE TABLE steps (
    video        uuid NOT NULL REFERENCES videos ON DELETE CASCADE,
    run          int NOT NULL,
    step         text NOT NULL,
    state        text NOT NULL,
    reused       boolean NOT NULL,
    started_at   timestamptz NOT NULL,
    finished_at  timestamptz NOT NULL,
    fault        jsonb,
    seq          bigint NOT NULL,
    PRIMARY KEY (video, run, step)
);

-- The edit of a video; apart from videos because it is large and seldom read.
CREATE TABLE timelines (
    video         uuid PRIMARY KEY,
    job           uuid NOT NULL,
    owner         text NOT NULL,
    seq           bigint NOT NULL,
    timeline      jsonb NOT NULL,
    match_report  jsonb NOT NULL
);

CREATE TABLE assets (
    id              uuid PRIMARY KEY,
    owner           text NOT NULL,
    kind            text NOT NULL,
    name            text NOT NULL,
    blob            jsonb NOT NULL,
    facts           jsonb NOT NULL,
    state           text NOT NULL,
    usable_start_s  double precision,
    usable_end_s    double precision,
    thumbnail       jsonb,
    fault           jsonb,
    created_at      timestamptz NOT NULL,
    uploaded_seq    bigint NOT NULL,
    seq             bigint NOT NULL
);
CREATE INDEX assets_by_owner ON assets (owner, uploaded_seq DESC);

-- How far running steps are. Told, not kept: not part of a rebuild.
CREATE TABLE progress (
    video   uuid PRIMARY KEY,
    job     uuid NOT NULL,
    run     int NOT NULL,
    step    text NOT NULL,
    share   double precision NOT NULL,
    eta_s   double precision,
    note    text NOT NULL,
    at      timestamptz NOT NULL
);
CREATE INDEX progress_by_job ON progress (job);
