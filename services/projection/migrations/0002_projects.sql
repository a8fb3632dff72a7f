-- The project of a job, if it has one.

ALTER TABLE jobs ADD COLUMN project text;
CREATE INDEX jobs_by_project ON jobs (owner, project, requested_seq DESC) WHERE project IS NOT NULL;
