-- Orleans reads its statements from this table when a silo starts; the names of columns and parameters are its own.
-- The casts tell PostgreSQL the type of a parameter that is null.
create table OrleansQuery (
    QueryKey varchar(64) not null primary key,
    QueryText text not null
);

insert into OrleansQuery (QueryKey, QueryText) values (
    'ReadFromStorageKey',
    'select payload as PayloadBinary, version as Version from grain_state
     where service_id = @ServiceId and state_name = @GrainTypeString and key_n0 = @GrainIdN0 and key_n1 = @GrainIdN1
       and key_text = coalesce(cast(@GrainIdExtensionString as text), '''')');

insert into OrleansQuery (QueryKey, QueryText) values (
    'WriteToStorageKey',
    'insert into grain_state (service_id, state_name, key_n0, key_n1, key_text, payload, version)
     select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(cast(@GrainIdExtensionString as text), ''''),
            @PayloadBinary, coalesce(cast(@GrainStateVersion as integer), 0) + 1
     where cast(@GrainStateVersion as integer) is null or exists (
         select 1 from grain_state
         where service_id = @ServiceId and state_name = @GrainTypeString and key_n0 = @GrainIdN0 and key_n1 = @GrainIdN1
           and key_text = coalesce(cast(@GrainIdExtensionString as text), '''') and version = cast(@GrainStateVersion as integer))
     on conflict (service_id, state_name, key_n0, key_n1, key_text)
     do update set payload = excluded.payload, version = excluded.version
     where grain_state.version = cast(@GrainStateVersion as integer)
     returning version as NewGrainStateVersion');

insert into OrleansQuery (QueryKey, QueryText) values (
    'ClearStorageKey',
    'update grain_state set payload = null, version = version + 1
     where service_id = @ServiceId and state_name = @GrainTypeString and key_n0 = @GrainIdN0 and key_n1 = @GrainIdN1
       and key_text = coalesce(cast(@GrainIdExtensionString as text), '''') and version = cast(@GrainStateVersion as integer)
     returning version as NewGrainStateVersion');

insert into OrleansQuery (QueryKey, QueryText) values (
    'DeleteStorageKey',
    'delete from grain_state
     where service_id = @ServiceId and state_name = @GrainTypeString and key_n0 = @GrainIdN0 and key_n1 = @GrainIdN1
       and key_text = coalesce(cast(@GrainIdExtensionString as text), '''') and version = cast(@GrainStateVersion as integer)
     returning version + 1 as NewGrainStateVersion');
