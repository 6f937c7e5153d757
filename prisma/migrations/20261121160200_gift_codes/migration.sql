-- Codes that staff give away and customers redeem into their balance. A code is kept as a digest: it is read once, when it is made.
create table gift_batches (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  currency char(3) not null,
  -- Of each code.
  amount_minor bigint not null,
  codes integer not null,
  -- The last day, in the seller's zone, on which a code of it is redeemed; and how long the credit lasts after that, null for ever.
  redeem_until date not null,
  lasts_days integer,
  -- `waiting` for a second person.
  state text not null,
  form_key text not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  decided_by text,
  decided_at timestamptz(3),

  constraint gift_batches_pkey primary key (tenant_id, id)
);

create table gift_codes (
  tenant_id uuid not null,
  id uuid not null,
  batch_id uuid not null,
  digest text not null,
  -- Its last four signs, by which staff tell codes apart.
  ending text not null,
  redeemed_by uuid,
  grant_id uuid,
  redeemed_at timestamptz(3),

  constraint gift_codes_pkey primary key (tenant_id, id)
);

create index gift_batches_tenant_id_created_at_idx on gift_batches(tenant_id, created_at);
create unique index gift_batches_tenant_id_form_key_key on gift_batches(tenant_id, form_key);
create unique index gift_codes_tenant_id_digest_key on gift_codes(tenant_id, digest);
create index gift_codes_tenant_id_batch_id_idx on gift_codes(tenant_id, batch_id);
create index gift_codes_tenant_id_redeemed_by_idx on gift_codes(tenant_id, redeemed_by);
create index gift_codes_tenant_id_grant_id_idx on gift_codes(tenant_id, grant_id);

alter table gift_batches add constraint gift_batches_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table gift_codes add constraint gift_codes_tenant_id_batch_id_fkey foreign key (tenant_id, batch_id) references gift_batches(tenant_id, id) on delete restrict on update no action;
alter table gift_codes add constraint gift_codes_tenant_id_redeemed_by_fkey foreign key (tenant_id, redeemed_by) references accounts(tenant_id, id) on delete restrict on update no action;
alter table gift_codes add constraint gift_codes_tenant_id_grant_id_fkey foreign key (tenant_id, grant_id) references credit_grants(tenant_id, id) on delete restrict on update no action;

alter table gift_batches
  add constraint gift_batches_amount_check check (amount_minor > 0),
  add constraint gift_batches_codes_check check (codes between 1 and 10000),
  add constraint gift_batches_lasts_check check (lasts_days between 1 and 3660),
  add constraint gift_batches_state_check check (state in ('waiting', 'active', 'refused', 'stopped')),
  add constraint gift_batches_decided_check check ((decided_by is null) = (decided_at is null));
alter table gift_codes
  add constraint gift_codes_redeemed_check check ((redeemed_by is null) = (redeemed_at is null) and (redeemed_by is null) = (grant_id is null));

-- The office alone: a buyer who could read digests could try codes without being counted.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
begin
  foreach name in array array['gift_batches', 'gift_codes'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
grant update (state, decided_by, decided_at) on gift_batches to livery_app;
grant update (redeemed_by, grant_id, redeemed_at) on gift_codes to livery_app;
