-- Product feeds, each import of them, and the products that the last one found. The log tells of feeds and imports;
-- products are read again from what an import read.

CREATE TABLE position (
    stream      text PRIMARY KEY,
    seq         bigint NOT NULL,
    updated_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE feeds (
    id          uuid PRIMARY KEY,
    number      bigint GENERATED ALWAYS AS IDENTITY,
    owner       text NOT NULL,
    lane        text NOT NULL,
    revision    integer NOT NULL,
    name        text NOT NULL,
    url         text,
    columns     jsonb NOT NULL,
    language    text,
    created_at  timestamptz NOT NULL,
    deleted_at  timestamptz,
    current     integer NOT NULL DEFAULT 0  -- number of the import its products are of; 0: of none
);
CREATE INDEX feeds_listed ON feeds (owner, number DESC) WHERE deleted_at IS NULL;

-- In state "imported" or "failed" the outcome is written down; it is announced after that.
CREATE TABLE imports (
    id               uuid PRIMARY KEY,
    feed             uuid NOT NULL REFERENCES feeds ON DELETE CASCADE,
    number           integer NOT NULL,
    owner            text NOT NULL,
    lane             text NOT NULL,
    url              text,
    asset            jsonb,
    columns          jsonb NOT NULL,
    idempotency_key  text,
    fingerprint      text NOT NULL,
    requested_at     timestamptz NOT NULL,
    state            text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'imported', 'failed')),
    share            double precision NOT NULL DEFAULT 0,
    tries            integer NOT NULL DEFAULT 0,
    due_at           timestamptz NOT NULL DEFAULT now(),
    lease            uuid,
    leased_until     timestamptz,
    started_at       timestamptz,
    finished_at      timestamptz,
    source           jsonb,
    reading          text,  -- what shaped the reading beside the source; null: its moment did too
    counts           jsonb,
    fault            jsonb,
    announced        boolean NOT NULL DEFAULT false,
    UNIQUE (feed, number)
);
CREATE INDEX imports_due ON imports (due_at) WHERE state IN ('waiting', 'running');
CREATE INDEX imports_untold ON imports (id) WHERE state IN ('imported', 'failed') AND NOT announced;
CREATE UNIQUE INDEX imports_keys ON imports (feed, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- How a product stands follows from the numbers of imports: "new" if it came (back) with the current one, "changed" if it
-- changed with it, "gone" if gone_in is there, else "same". So what stays as it is costs no write.
CREATE TABLE products (
    feed         uuid NOT NULL REFERENCES feeds ON DELETE CASCADE,
    id           text NOT NULL,
    number       bigint GENERATED ALWAYS AS IDENTITY,  -- in the order they came
    product      jsonb NOT NULL,
    fingerprint  text NOT NULL,
    folded       text NOT NULL,
    new_in       integer NOT NULL,
    changed_in   integer NOT NULL,
    gone_in      integer,
    gone_at      timestamptz,
    PRIMARY KEY (feed, id)
);
CREATE INDEX products_listed ON products (feed, number);
CREATE INDEX products_moved ON products (feed, changed_in, number);

CREATE TABLE problems (
    import   uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
    number   integer NOT NULL,
    line     integer NOT NULL,
    "column" text,
    product  text,
    message  text NOT NULL,
    PRIMARY KEY (import, number)
);

-- What an import has read so far. A crash of the server may empty it: such an import is begun again.
CREATE UNLOGGED TABLE staged (
    lease        uuid NOT NULL,
    place        integer NOT NULL,
    id           text NOT NULL,
    product      jsonb NOT NULL,
    fingerprint  text NOT NULL,
    folded       text NOT NULL
);
CREATE INDEX staged_of ON staged (lease, id);
