-- The few jobs that say themselves how long they are kept. No column here ever changes, so a job's other changes cost no more for these.
create index jobs_keep_completed on jobs (queue) where keep_completed_count is not null;
create index jobs_keep_failed on jobs (queue) where keep_failed_count is not null;
