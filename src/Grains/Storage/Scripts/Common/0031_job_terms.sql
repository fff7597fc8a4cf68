-- How a job is tried again, how long a run of it may take, what it counts for, how long it is kept once it has ended.
alter table jobs add column backoff text not null default 'exponential';
alter table jobs add column jitter double precision not null default 0;
alter table jobs add column timeout_ms bigint;
alter table jobs add column cost integer not null default 1;
alter table jobs add column dedup_key text;
alter table jobs add column keep_completed_count integer;
alter table jobs add column keep_completed_ms bigint;
alter table jobs add column keep_failed_count integer;
alter table jobs add column keep_failed_ms bigint;

-- An operator's numbers; null: the option's.
alter table queues add column concurrency_per_silo integer;
alter table queues add column concurrency integer;
alter table queues add column starts_per_second integer;
