-- One row a conversation. version is fence and channel offset in one: every unit raises it from the value its writer holds.
create table conversations (
    id text not null primary key,
    user_id text not null,
    title text,
    personas text not null,
    language text,
    on_busy text not null,
    archived boolean not null,
    version bigint not null,
    last_seq bigint not null,
    read_seq bigint not null,
    last_role text,
    last_preview text,
    created_at bigint not null,
    last_message_at bigint,
    activity_at bigint not null,
    deleted_at bigint
);

create index conversations_by_user on conversations (user_id, archived, activity_at desc, id desc);

create table messages (
    conversation_id text not null references conversations (id),
    seq bigint not null,
    id text not null unique,
    role text not null,
    persona_id text,
    content text not null,
    language text,
    status text not null,
    reply_id text unique,
    in_reply_to text,
    variant_of text,
    model text,
    client_message_id text,
    request_hash text,
    created_at bigint not null,
    primary key (conversation_id, seq),
    constraint messages_client_message_id unique (conversation_id, client_message_id)
);

create table replies (
    id text not null primary key,
    conversation_id text not null references conversations (id),
    message_id text not null,
    message_seq bigint not null,
    ordinal bigint not null,
    user_id text not null,
    persona_id text not null,
    client_key text,
    variant_of text,
    status text not null,
    attempt integer not null,
    text text,
    model text,
    input_tokens integer,
    output_tokens integer,
    error_code text,
    error_text text,
    created_at bigint not null,
    started_at bigint,
    ended_at bigint,
    constraint replies_client_key unique (conversation_id, client_key, persona_id)
);

create index replies_by_conversation on replies (conversation_id, ordinal);
create index replies_by_message on replies (message_id);
create index replies_open_by_user on replies (user_id) where ended_at is null;

-- The stored history of a channel: kept 1,000 events or 24 h.
create table channel_events (
    channel text not null,
    "offset" bigint not null,
    frame text not null,
    created_at bigint not null,
    primary key (channel, "offset")
);

create index channel_events_by_age on channel_events (created_at);

-- One row: the epoch of every stored channel. Whoever restores an older copy of the database deletes it, and clients start afresh.
create table channel_epoch (
    id integer not null primary key,
    epoch text not null
);
