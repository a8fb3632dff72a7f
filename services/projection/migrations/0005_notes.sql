-- What the owner of an upload says of it: their last word, and what uploads are searched by (keywords in small letters).

ALTER TABLE assets
    ADD COLUMN notes jsonb,
    ADD COLUMN notes_revision bigint NOT NULL DEFAULT 0,
    ADD COLUMN keywords text[] NOT NULL DEFAULT '{}',
    ADD COLUMN favourite boolean NOT NULL DEFAULT false;
CREATE INDEX assets_by_keyword ON assets USING gin (keywords);
