-- When the seller's staff was told of a crossed step.
alter table credit_crossings add column staff_told_at timestamptz(3);
grant update (staff_told_at) on credit_crossings to livery_app;
