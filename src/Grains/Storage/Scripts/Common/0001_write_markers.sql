-- The last batch that each writing process has committed: how a lost COMMIT is told from one that never happened.
-- batch is NOT NULL on purpose: a batch that does not follow the stored one sets it to null and fails as a whole.
create table write_markers (
    writer text not null primary key,
    batch bigint not null,
    seen_at bigint not null
);
