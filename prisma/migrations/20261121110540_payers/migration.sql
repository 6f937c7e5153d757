-- Who pays, apart from who uses: from a day on, what an account uses is billed to the contract of another account of the same seller.
create table payer_assignments (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  contract_id uuid,
  under_contract_id uuid not null,
  payer_account_id uuid not null,
  payer_contract_id uuid not null,
  valid_from date not null,
  valid_to date,
  reason text not null,
  accepted_by text not null,
  created_at timestamptz(3) not null,

  constraint payer_assignments_pkey primary key (tenant_id, id)
);

create unique index payer_assignments_tenant_id_account_id_valid_from_key on payer_assignments(tenant_id, account_id, valid_from);
create index payer_assignments_tenant_id_contract_id_idx on payer_assignments(tenant_id, contract_id);
create index payer_assignments_tenant_id_under_contract_id_idx on payer_assignments(tenant_id, under_contract_id);
create index payer_assignments_tenant_id_payer_account_id_idx on payer_assignments(tenant_id, payer_account_id);
create index payer_assignments_tenant_id_payer_contract_id_idx on payer_assignments(tenant_id, payer_contract_id);

alter table payer_assignments add constraint payer_assignments_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table payer_assignments add constraint payer_assignments_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table payer_assignments add constraint payer_assignments_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table payer_assignments add constraint payer_assignments_tenant_id_under_contract_id_fkey foreign key (tenant_id, under_contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table payer_assignments add constraint payer_assignments_tenant_id_payer_account_id_fkey foreign key (tenant_id, payer_account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table payer_assignments add constraint payer_assignments_tenant_id_payer_contract_id_fkey foreign key (tenant_id, payer_contract_id) references contracts(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for. Of one account one assignment is open at most; the last day of the others is the first of the next.
create unique index payer_assignments_open_key on payer_assignments(tenant_id, account_id) where valid_to is null;
alter table payer_assignments
  add constraint payer_assignments_days_check check (valid_to is null or valid_to >= valid_from),
  add constraint payer_assignments_other_check check (payer_account_id <> account_id and payer_contract_id <> under_contract_id);

do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
begin
  grant select, insert on payer_assignments to livery_app;
  grant update (valid_to) on payer_assignments to livery_app;
  grant select on payer_assignments to livery_backup;
  alter table payer_assignments enable row level security;
  alter table payer_assignments force row level security;
  execute format('create policy tenant_isolation on payer_assignments to livery_app using (%s and %s)', own_tenant, office);
end $$;
