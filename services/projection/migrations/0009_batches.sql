-- The batch a job was made for, if it was; lists show the others without reading thousands of these.

ALTER TABLE jobs ADD COLUMN batch uuid;
CREATE INDEX jobs_of_no_batch ON jobs (owner, requested_seq DESC) WHERE batch IS NULL;
CREATE INDEX jobs_of_batch ON jobs (batch, requested_seq DESC) WHERE batch IS NOT NULL;
