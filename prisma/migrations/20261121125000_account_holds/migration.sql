-- Why an account may not order, or why its services stand still, and which of its servers were stopped for it.
create table account_holds (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  source text not null,
  effect text not null,
  -- A word the product knows, except of staff, who say it in their own.
  reason text not null,
  -- One standing hold per key: whoever placed it finds it again by this.
  key text not null,
  placed_by text not null,
  placed_at timestamptz(3) not null,
  lifted_by text,
  lifted_at timestamptz(3),

  constraint account_holds_pkey primary key (tenant_id, id)
);

create table service_suspensions (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  resource_id uuid not null,
  -- `hold`: of the account, here. `upstream`: the level above stopped it; why is not this seller's to know.
  cause text not null,
  -- Whether the server is to be started again: a stopped one stays stopped.
  was_running boolean not null,
  suspended_at timestamptz(3) not null,
  resumed_at timestamptz(3),
  -- When the cloud had done what followed from `resumed_at`.
  settled_at timestamptz(3),

  constraint service_suspensions_pkey primary key (tenant_id, id)
);

create unique index account_holds_standing_key on account_holds(tenant_id, account_id, key) where lifted_at is null;
create index account_holds_tenant_id_account_id_placed_at_idx on account_holds(tenant_id, account_id, placed_at);
create unique index service_suspensions_open_key on service_suspensions(tenant_id, resource_id, cause) where resumed_at is null;
create index service_suspensions_tenant_id_account_id_idx on service_suspensions(tenant_id, account_id);
create index service_suspensions_tenant_id_resource_id_idx on service_suspensions(tenant_id, resource_id);

alter table account_holds add constraint account_holds_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table account_holds add constraint account_holds_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table service_suspensions add constraint service_suspensions_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table service_suspensions add constraint service_suspensions_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table service_suspensions add constraint service_suspensions_tenant_id_resource_id_fkey foreign key (tenant_id, resource_id) references resources(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table account_holds
  add constraint account_holds_source_check check (source in ('dunning', 'credit', 'budget', 'dispute', 'staff')),
  add constraint account_holds_effect_check check (effect in ('block-orders', 'suspend-services', 'terminate')),
  add constraint account_holds_reason_check check (length(reason) between 1 and 500),
  add constraint account_holds_lifted_check check ((lifted_at is null) = (lifted_by is null));
alter table service_suspensions
  add constraint service_suspensions_cause_check check (cause in ('hold', 'upstream')),
  add constraint service_suspensions_settled_check check (settled_at is null or resumed_at is not null);

-- Grants and policies: a buyer reads what concerns its own account, only the office writes.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  panel constant text := '((select current_setting(''app.scope'', true)) = ''panel'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  foreach name in array array['account_holds', 'service_suspensions'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
    execute format('create policy tenant_reading on %I for select to livery_app using (%s and account_id = any (%s) and %s)',
      name, own_tenant, own_accounts, panel);
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
grant update (lifted_by, lifted_at) on account_holds to livery_app;
grant update (was_running, resumed_at, settled_at) on service_suspensions to livery_app;
