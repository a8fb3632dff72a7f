-- What is to be told to webhooks' endpoints, and what came of it. Unlike the projection's tables these can't be made
-- again from the log: dropped, nothing more is sent of what was waiting, and nothing is sent twice.

CREATE TABLE position (
    stream      text PRIMARY KEY,
    seq         bigint NOT NULL,
    updated_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE deliveries (
    id            uuid PRIMARY KEY,
    number        bigint GENERATED ALWAYS AS IDENTITY,
    endpoint      uuid NOT NULL,
    owner         text NOT NULL,
    type          text NOT NULL,
    event         text NOT NULL,
    body          text NOT NULL,
    state         text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
    tries         integer NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL DEFAULT now(),
    due_at        timestamptz NOT NULL DEFAULT now(),
    lease         uuid,
    leased_until  timestamptz,
    UNIQUE (endpoint, event)
);
CREATE INDEX deliveries_due ON deliveries (endpoint, due_at) WHERE state = 'pending';
CREATE INDEX deliveries_waiting ON deliveries (owner) WHERE state = 'pending';
CREATE INDEX deliveries_listed ON deliveries (endpoint, number DESC);
CREATE INDEX deliveries_old ON deliveries (created_at);

CREATE TABLE attempts (
    delivery  uuid NOT NULL REFERENCES deliveries ON DELETE CASCADE,
    number    integer NOT NULL,
    at        timestamptz NOT NULL,
    took_ms   integer NOT NULL,
    status    integer,
    fault     text,
    answer    text NOT NULL DEFAULT '',
    PRIMARY KEY (delivery, number)
);

-- Endpoints whose last attempt failed, since when all did.
CREATE TABLE failing (
    endpoint  uuid PRIMARY KEY,
    since     timestamptz NOT NULL DEFAULT now()
);
