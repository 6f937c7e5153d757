-- Credit that pays for single products only.
create table grant_products (
  tenant_id uuid not null,
  grant_id uuid not null,
  account_id uuid not null,
  product_id uuid not null,

  constraint grant_products_pkey primary key (tenant_id, grant_id, product_id)
);

create index grant_products_tenant_id_account_id_idx on grant_products(tenant_id, account_id);
create index grant_products_tenant_id_product_id_idx on grant_products(tenant_id, product_id);

alter table grant_products add constraint grant_products_tenant_id_grant_id_fkey foreign key (tenant_id, grant_id) references credit_grants(tenant_id, id) on delete restrict on update no action;
alter table grant_products add constraint grant_products_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table grant_products add constraint grant_products_tenant_id_product_id_fkey foreign key (tenant_id, product_id) references products(tenant_id, id) on delete restrict on update no action;

alter table credit_grants drop constraint credit_grants_scope_check;
alter table credit_grants add constraint credit_grants_scope_check check (scope in ('all', 'usage', 'fees', 'products'));

do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  panel constant text := '((select current_setting(''app.scope'', true)) = ''panel'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  execute format('create policy tenant_isolation on grant_products to livery_app using (%s and %s)', own_tenant, office);
  execute format('create policy tenant_reading on grant_products for select to livery_app using (%s and %s and account_id = any (%s))',
    own_tenant, panel, own_accounts);
  grant select, insert on grant_products to livery_app;
  grant select on grant_products to livery_backup;
  alter table grant_products enable row level security;
  alter table grant_products force row level security;
end $$;
