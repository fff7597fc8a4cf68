-- Written once and read hardly ever: packing it would cost more than its bytes do.
alter table job_packs alter column jobs set storage external;
