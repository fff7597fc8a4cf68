-- What was deleted and waits for its rows to go; nearly always empty.
create index conversations_deleted on conversations (deleted_at) where deleted_at is not null;
