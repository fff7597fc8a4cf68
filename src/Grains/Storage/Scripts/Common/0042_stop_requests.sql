-- What was asked of a running job: 'cancel', or 'remove', after which its row goes too. Null for most.
alter table jobs add column stop_request text;

-- Jobs that came with a transaction of their own and whose offer was lost, however long ago: few, as each gets its place in a moment.
create index jobs_unplaced on jobs (queue, accepted_at) where place is null and ended_at is null;

-- Ends that are to be told are read in pages.
create index jobs_untold_by_id on jobs (queue, id) where told = false and ended_at is not null;
drop index jobs_untold;
