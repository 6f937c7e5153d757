-- What a seller meters beside the meters of the product: defined by staff, or handed down by the parent with its usage.
create table meters (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  unit text not null,
  kind text not null,
  round_up_to numeric(38, 12),
  greatest numeric(38, 12) not null,
  names jsonb not null,
  unit_words jsonb not null,
  -- Whose meter it is, and what it is called there; without them it is the seller's own.
  source_tenant_id uuid,
  source_code text,
  -- Words that staff of a reseller chose stay when the parent changes its own.
  is_renamed boolean not null default false,
  created_at timestamptz(3) not null,
  retired_at timestamptz(3),
  constraint meters_pkey primary key (tenant_id, id),
  constraint meters_tenant_id_fkey foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action,
  constraint meters_kind_check check (kind in ('delta', 'gauge', 'level')),
  constraint meters_greatest_check check (greatest > 0 and (round_up_to is null or round_up_to > 0)),
  constraint meters_source_check check ((source_tenant_id is null) = (source_code is null) and source_tenant_id <> tenant_id)
);
create unique index meters_tenant_id_code_key on meters (tenant_id, code);
create unique index meters_tenant_id_source_tenant_id_source_code_key on meters (tenant_id, source_tenant_id, source_code);

-- Whoever reads a price or an invoice of the seller reads what its meters are called; only the office writes.
create policy tenant_reading on meters for select to livery_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
create policy tenant_isolation on meters to livery_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and (select current_setting('app.scope', true)) = 'office');
alter table meters enable row level security;
alter table meters force row level security;
grant select, insert, update on meters to livery_app;
grant select on meters to livery_backup;
