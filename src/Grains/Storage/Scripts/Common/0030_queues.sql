-- One row a queue. epoch is the fence: raised by each activation of the queue's grain before it hands anything out.
create table queues (
    name text not null primary key,
    epoch bigint not null,
    paused boolean not null
);

create table jobs (
    queue text not null,
    id text not null,
    name text not null,
    user_id text,
    order_key text,
    order_number bigint not null,
    priority integer not null,
    weight integer not null,
    payload text not null,
    attempts integer not null,
    backoff_ms integer not null,
    state text not null,
    attempts_made integer not null,
    started_count integer not null,
    stalled_count integer not null,
    place bigint,
    ready_at bigint,
    lease_run bigint,
    lease_worker text,
    told boolean not null,
    failure text,
    result text,
    accepted_at bigint not null,
    deadline bigint,
    started_at bigint,
    ended_at bigint,
    primary key (queue, id)
);

create index jobs_open on jobs (queue, accepted_at) where ended_at is null;
create index jobs_open_by_order on jobs (order_key) where ended_at is null;
create index jobs_ended on jobs (queue, state, ended_at) where ended_at is not null;
create index jobs_untold on jobs (queue) where told = false and ended_at is not null;
