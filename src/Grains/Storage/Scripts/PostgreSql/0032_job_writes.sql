-- Many jobs are written by one statement that names them. With the queue in front, a plan made without statistics reads the whole queue
-- for it; by the id in front, nothing but the ids can be looked up.
alter table jobs drop constraint jobs_pkey;
alter table jobs add primary key (id, queue);
