-- What the last nightly check of a seller's books and documents found.
create table invariant_checks (
  tenant_id uuid not null,
  checked_at timestamptz(3) not null,
  examined bigint not null,
  violations bigint not null,
  -- The invariants that were broken, each with the first of its violations.
  findings jsonb not null,
  constraint invariant_checks_pkey primary key (tenant_id),
  constraint invariant_checks_tenant_id_fkey foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action
);
create policy tenant_isolation on invariant_checks to livery_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and (select current_setting('app.scope', true)) = 'office');
alter table invariant_checks enable row level security;
alter table invariant_checks force row level security;
grant select, insert, update on invariant_checks to livery_app;
grant select on invariant_checks to livery_backup;
