-- Orders that are looked at before anything is built, the lists that decide at once, and counters that slow guessing and mass sign-ups.
create table fraud_settings (
  tenant_id uuid not null,
  -- `first-orders`: until an account has one that is paid and runs.
  scope text not null,
  -- Points by reason.
  weights jsonb not null,
  review_score integer not null,
  refuse_score integer not null,
  -- What a first order usually does not exceed, net, in minor units by currency.
  large_order jsonb not null,
  -- Most within an hour.
  orders_per_account integer not null,
  orders_per_address integer not null,
  sign_ups_per_address integer not null,
  changed_by text not null,
  changed_at timestamptz(3) not null,

  constraint fraud_settings_pkey primary key (tenant_id)
);

create table fraud_list_entries (
  tenant_id uuid not null,
  id uuid not null,
  list text not null,
  kind text not null,
  -- In lower case; of a network address only its digest.
  value text not null,
  note text not null,
  added_by text not null,
  added_at timestamptz(3) not null,

  constraint fraud_list_entries_pkey primary key (tenant_id, id)
);

-- Where an order came from: a digest of the network address, of no use outside the store.
create table order_origins (
  tenant_id uuid not null,
  order_id uuid not null,
  account_id uuid not null,
  address_hash text not null,
  placed_at timestamptz(3) not null,

  constraint order_origins_pkey primary key (tenant_id, order_id)
);

create table order_screenings (
  tenant_id uuid not null,
  order_id uuid not null,
  account_id uuid not null,
  verdict text not null,
  score integer not null,
  reasons jsonb not null,
  facts jsonb not null,
  screened_at timestamptz(3) not null,
  decision text,
  decided_by text,
  decided_at timestamptz(3),
  note text,

  constraint order_screenings_pkey primary key (tenant_id, order_id)
);

-- How often a subject did something in this window and the one before: together they slide.
create table velocity_counters (
  tenant_id uuid not null,
  subject text not null,
  window_start timestamptz(3) not null,
  taken integer not null,
  taken_before integer not null,

  constraint velocity_counters_pkey primary key (tenant_id, subject)
);

create unique index fraud_list_entries_tenant_id_kind_value_key on fraud_list_entries(tenant_id, kind, value);
create index fraud_list_entries_tenant_id_added_at_id_idx on fraud_list_entries(tenant_id, added_at, id);
create index order_origins_tenant_id_account_id_idx on order_origins(tenant_id, account_id);
create index order_origins_tenant_id_address_hash_placed_at_idx on order_origins(tenant_id, address_hash, placed_at);
create index order_screenings_tenant_id_account_id_idx on order_screenings(tenant_id, account_id);
create index order_screenings_tenant_id_screened_at_idx on order_screenings(tenant_id, screened_at);
create index velocity_counters_tenant_id_window_start_idx on velocity_counters(tenant_id, window_start);

alter table fraud_settings add constraint fraud_settings_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table fraud_list_entries add constraint fraud_list_entries_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table order_origins add constraint order_origins_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table order_origins add constraint order_origins_tenant_id_order_id_fkey foreign key (tenant_id, order_id) references orders(tenant_id, id) on delete restrict on update no action;
alter table order_origins add constraint order_origins_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table order_screenings add constraint order_screenings_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table order_screenings add constraint order_screenings_tenant_id_order_id_fkey foreign key (tenant_id, order_id) references orders(tenant_id, id) on delete restrict on update no action;
alter table order_screenings add constraint order_screenings_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table velocity_counters add constraint velocity_counters_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;

alter table fraud_settings
  add constraint fraud_settings_scope_check check (scope in ('first-orders', 'all-orders')),
  add constraint fraud_settings_scores_check check (review_score > 0 and refuse_score > review_score),
  add constraint fraud_settings_limits_check check (orders_per_account > 0 and orders_per_address > 0 and sign_ups_per_address > 0);
alter table fraud_list_entries
  add constraint fraud_list_entries_list_check check (list in ('allow', 'watch', 'deny')),
  add constraint fraud_list_entries_kind_check check (kind in ('mail', 'domain', 'address', 'vat-id')),
  add constraint fraud_list_entries_value_check check (value = lower(value) and value <> '');
alter table order_screenings
  add constraint order_screenings_verdict_check check (verdict in ('pass', 'review', 'refuse')),
  add constraint order_screenings_decision_check check (decision is null or decision in ('pass', 'refuse') and verdict = 'review'),
  add constraint order_screenings_decided_check
    check ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null) and (decision is null) = (note is null));
alter table velocity_counters
  add constraint velocity_counters_taken_check check (taken >= 0 and taken_before >= 0);
create index order_screenings_open_idx on order_screenings(tenant_id, screened_at) where verdict = 'review' and decision is null;

-- All of it is the office's alone: a buyer reads neither reasons nor lists.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
begin
  foreach name in array array['fraud_settings', 'fraud_list_entries', 'order_origins', 'order_screenings', 'velocity_counters'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
grant update on fraud_settings to livery_app;
grant delete on fraud_list_entries to livery_app;
grant update (decision, decided_by, decided_at, note) on order_screenings to livery_app;
grant update (window_start, taken, taken_before), delete on velocity_counters to livery_app;
