-- New jobs of which many came at once, in one row until each has one of its own in jobs: the id is that of the first, jobs is JSON.
create table job_packs (
    queue text not null,
    id text not null,
    jobs text not null,
    primary key (queue, id)
);

-- Written once and read hardly ever: packing it would cost more than its bytes do.
alter table job_packs alter column jobs set storage external;
