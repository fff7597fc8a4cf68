-- starters, languages and voice are JSON. seed_hash tells a row as it was seeded from one that an operator has changed.
create table personas (
    id text not null primary key,
    slug text not null,
    name text not null,
    title text not null,
    category text not null,
    short_bio text not null,
    avatar_url text not null,
    greeting text not null,
    starters text not null,
    languages text not null,
    is_featured boolean not null,
    is_active boolean not null,
    sort_order integer not null,
    system_prompt text not null,
    voice text not null,
    seed_hash text,
    created_at bigint not null,
    updated_at bigint not null,
    constraint personas_slug unique (slug)
);
