-- The channels that admins have made. What is said there is in memory only.
create table named_channels (
    name text not null primary key,
    created_at bigint not null
);
