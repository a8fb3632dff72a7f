-- In which lane of a station's inbox a video waits.

ALTER TABLE videos ADD COLUMN lane text NOT NULL DEFAULT '';
UPDATE videos SET lane = coalesce(jobs.story ->> 'lane', '')
FROM jobs WHERE jobs.id = videos.job AND videos.awaited_step IS NOT NULL;
DROP INDEX videos_awaiting;
CREATE INDEX videos_awaiting ON videos (awaited_step, lane, awaited_seq) WHERE awaited_step IS NOT NULL;
