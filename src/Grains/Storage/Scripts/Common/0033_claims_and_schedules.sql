-- Ids and keys that a job holds, so that adding it again is a duplicate. They outlive the job's row. until is null while the job lives.
create table job_claims (
    queue text not null,
    claim text not null,
    job_id text not null,
    window_ms bigint not null,
    state text,
    until bigint,
    primary key (queue, claim)
);

create index job_claims_by_job on job_claims (queue, job_id);
create index job_claims_until on job_claims (queue, until);

-- next_at names the one job that is pending: '{id}:{next_at}'. Null: there will be no more.
create table job_schedules (
    queue text not null,
    id text not null,
    cron text,
    time_zone text not null,
    every_ms bigint,
    job text not null,
    max_jobs integer,
    until bigint,
    anchor_at bigint not null,
    made integer not null,
    next_at bigint,
    primary key (queue, id)
);
