-- Uploads that come in parts, and what became of them; forgotten when they expire. Not part of the log's truth: an upload
-- is a fact once it is whole and has been looked at. The parts themselves lie in the blob store.
CREATE TABLE IF NOT EXISTS uploads (
  id uuid PRIMARY KEY,
  owner text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  metadata text NOT NULL,
  length bigint NOT NULL,
  received bigint NOT NULL DEFAULT 0,
  salt bytea NOT NULL,
  state text NOT NULL DEFAULT 'receiving',
  asset uuid,
  fault jsonb,
  tries integer NOT NULL DEFAULT 0,
  holder uuid,
  held_until timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS uploads_owner ON uploads (owner);
CREATE INDEX IF NOT EXISTS uploads_expires_at ON uploads (expires_at);

CREATE TABLE IF NOT EXISTS upload_parts (
  upload uuid NOT NULL REFERENCES uploads ON DELETE CASCADE,
  number integer NOT NULL,
  sha256 text NOT NULL,
  size bigint NOT NULL,
  PRIMARY KEY (upload, number)
);
