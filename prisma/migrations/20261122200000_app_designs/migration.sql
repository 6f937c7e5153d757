-- What a customer composes for itself out of what it is offered. Its tiers are written and read together, so they are one value.
create table app_designs (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  name text not null,
  network_id uuid,
  tiers jsonb not null,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,

  constraint app_designs_pkey primary key (tenant_id, id)
);

create index app_designs_tenant_id_account_id_idx on app_designs (tenant_id, account_id);
create index app_designs_tenant_id_network_id_idx on app_designs (tenant_id, network_id);

alter table app_designs add constraint app_designs_tenant_id_account_id_fkey
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete restrict on update no action;
alter table app_designs add constraint app_designs_tenant_id_network_id_fkey
  foreign key (tenant_id, network_id) references resources (tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table app_designs
  add constraint app_designs_name_check check (length(name) between 1 and 80),
  add constraint app_designs_tiers_check check (jsonb_typeof(tiers) = 'array' and jsonb_array_length(tiers) <= 10);

-- An application is made from a template of the seller's, or holds what its owner's design was when it was ordered.
alter table applications
  alter column template_id drop not null,
  add column composed jsonb,
  add constraint applications_source_check check (num_nonnulls(template_id, composed) = 1),
  add constraint applications_composed_check check (jsonb_typeof(composed) = 'object');
grant update (composed) on applications to livery_app;

do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  panel constant text := '((select current_setting(''app.scope'', true)) = ''panel'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
  open_scope constant text := '((select coalesce(current_setting(''app.scope'', true), '''')) <> ''panel'')';
  unlimited constant text := '((select coalesce(current_setting(''app.project_ids'', true), '''')) = '''')';
begin
  execute format('create policy tenant_isolation on app_designs to livery_app using (%s and (%s or %s and account_id = any (%s)))',
    own_tenant, office, panel, own_accounts);
  -- A member who is limited to projects orders nothing, and a design is in none of them.
  execute format('create policy project_sharing on app_designs as restrictive for all to livery_app using (%s and (%s or %s))',
    own_tenant, open_scope, unlimited);
end $$;
grant select, insert, delete on app_designs to livery_app;
grant update (name, network_id, tiers, changed_at) on app_designs to livery_app;
grant select on app_designs to livery_backup;
alter table app_designs enable row level security;
alter table app_designs force row level security;
