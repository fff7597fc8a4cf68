-- One row a person, guests too. version is the fence of the person's grain.
create table users (
    id text not null primary key,
    version bigint not null,
    email text,
    email_key text,
    password_hash text,
    display_name text not null,
    role text not null,
    plan text not null,
    preferred_language text not null,
    default_persona text not null,
    is_guest boolean not null,
    disabled boolean not null,
    search_key text not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint users_email_key unique (email_key)
);

-- Sessions of hosts without Redis. Who reads the table cannot sign in with what is in it: the key is kept as its SHA-256.
create table sessions (
    key_hash text not null primary key,
    user_id text not null,
    payload text not null,
    expires_at bigint not null
);

create index sessions_by_user on sessions (user_id);
create index sessions_by_expiry on sessions (expires_at);
