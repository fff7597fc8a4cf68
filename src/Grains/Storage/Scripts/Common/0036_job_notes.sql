-- What a job's runs said of themselves: how far it is, and its last lines, each with its end.
alter table jobs add column progress text;
alter table jobs add column log text;
