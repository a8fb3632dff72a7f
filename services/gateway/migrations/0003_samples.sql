-- Spoken samples of voices that were made before: where each lies in the blob store, by all that shaped it.
CREATE TABLE IF NOT EXISTS voice_samples (
  key text PRIMARY KEY,
  sha256 text NOT NULL,
  size bigint NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);
