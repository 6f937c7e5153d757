-- How long orders hold credit, on which days a failed collection is tried again, and whether fees of dunning are taxed.
alter table payment_settings
  add column held_minutes smallint not null default 30,
  add column retry_days smallint[] not null default '{1,3,7}',
  add column taxes_dunning_fees boolean not null default false;
alter table payment_settings
  add constraint payment_settings_held_check check (held_minutes between 5 and 1440),
  add constraint payment_settings_retry_check check (cardinality(retry_days) <= 6 and 1 <= all (retry_days) and 60 >= all (retry_days));
grant update (held_minutes, retry_days, taxes_dunning_fees) on payment_settings to livery_app;
