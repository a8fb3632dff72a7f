-- Batches and their rows. The log says what was asked for; where each row stands is worked out from here.

CREATE TABLE batches (
    id          uuid PRIMARY KEY,
    owner       text NOT NULL,
    seq         bigint NOT NULL,
    title       text NOT NULL,
    template    jsonb NOT NULL,
    wanted      jsonb NOT NULL,
    overrides   jsonb,
    feed        uuid,
    expected    int,
    prepared    boolean NOT NULL DEFAULT false,
    fault       jsonb,
    paused      boolean NOT NULL DEFAULT false,
    cancelled   boolean NOT NULL DEFAULT false,
    revision    int NOT NULL DEFAULT 0,
    open        boolean NOT NULL DEFAULT true,
    ends        int NOT NULL DEFAULT 0,
    counts      jsonb,
    created_at  timestamptz NOT NULL,
    ended_at    timestamptz
);
CREATE INDEX batches_by_owner ON batches (owner, seq DESC);
CREATE INDEX batches_open ON batches (owner, seq) WHERE open;

-- waiting: to be made; again: failed, to go on; released: has a job that has not ended, as far as was looked.
CREATE TABLE batch_rows (
    batch      uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
    number     int NOT NULL,
    key        text NOT NULL,
    label      text NOT NULL,
    folded     text COLLATE "C" NOT NULL,
    state      text NOT NULL DEFAULT 'waiting',
    body       jsonb NOT NULL,
    feed       uuid,
    made_of    text NOT NULL,
    attempt    int NOT NULL DEFAULT 0,
    job        uuid,
    job_seq    bigint NOT NULL DEFAULT 0,
    stopped    boolean NOT NULL DEFAULT false,
    fault      jsonb,
    ended_at   timestamptz,
    PRIMARY KEY (batch, number)
);
CREATE INDEX batch_rows_by_state ON batch_rows (batch, state, number);
CREATE INDEX batch_rows_next ON batch_rows (batch, number) WHERE state IN ('waiting', 'again');
CREATE INDEX batch_rows_released ON batch_rows (batch, job) WHERE state = 'released';
CREATE INDEX batch_rows_by_job ON batch_rows (job) WHERE job IS NOT NULL;
CREATE INDEX batch_rows_done ON batch_rows (batch, ended_at DESC) WHERE state = 'completed';
CREATE INDEX batch_rows_made ON batch_rows (feed, made_of) WHERE feed IS NOT NULL;
