-- Small state of grains, one row a grain and state name, written by Orleans with the queries of 0041.
create table grain_state (
    service_id text not null,
    state_name text not null,
    key_n0 bigint not null,
    key_n1 bigint not null,
    key_text text not null,
    payload blob,
    version integer not null,
    primary key (service_id, state_name, key_n0, key_n1, key_text)
);
