-- SQLite looks jobs up by the whole key as it is.
select 1;
