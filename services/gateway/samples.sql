-- name: find
SELECT sha256, size FROM voice_samples WHERE key = $1;

-- name: keep
INSERT INTO voice_samples (key, sha256, size) VALUES ($1, $2, $3)
ON CONFLICT (key) DO UPDATE SET sha256 = excluded.sha256, size = excluded.size, made_at = now();

-- name: forget_old
-- Of voices that are spoken by a newer engine, or are gone; another one is made if somebody asks.
DELETE FROM voice_samples WHERE made_at < now() - interval '90 days';
