-- The job of the same queue that waits for this one, and what this one's failure means to it. Neither ever changes. How many a job still
-- waits for is not stored: those are its children that have not ended.
alter table jobs add column parent_id text;
alter table jobs add column on_failure text not null default 'fail-parent';
create index jobs_by_parent on jobs (parent_id, queue) where parent_id is not null;
