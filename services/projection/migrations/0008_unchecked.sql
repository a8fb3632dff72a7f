-- Finished videos that wait for the word of the quality gate, and since when; null for all others.

ALTER TABLE videos ADD COLUMN unchecked_since timestamptz;
CREATE INDEX videos_unchecked ON videos (unchecked_since) WHERE unchecked_since IS NOT NULL;
