-- What admins did, written before it is done. status is null until the act is answered.
create table admin_audit (
    id text not null primary key,
    at bigint not null,
    user_id text not null,
    user_name text not null,
    act text not null,
    target text not null,
    details text,
    status integer
);

create index admin_audit_by_age on admin_audit (at, id);
create index admin_audit_by_user on admin_audit (user_id, at, id);
create index admin_audit_by_act on admin_audit (act, at, id);
