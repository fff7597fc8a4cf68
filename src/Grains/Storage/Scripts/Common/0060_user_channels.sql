-- How far a person's own channel is: fence and offset in one. A row of its own, as the channel's events go after a day and positions must not.
create table user_channels (
    user_id text not null primary key,
    "offset" bigint not null
);
