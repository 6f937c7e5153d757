-- What an event is about, as its gateway's adapter read it when it was proved; and whether an account's due invoices are collected by themselves.
alter table gateway_events add column about jsonb not null default '{"kind": "other"}';
alter table gateway_events alter column about drop default;

create table auto_payments (
  tenant_id uuid not null,
  account_id uuid not null,
  is_on boolean not null,
  changed_by text not null,
  changed_at timestamptz(3) not null,

  constraint auto_payments_pkey primary key (tenant_id, account_id)
);

alter table auto_payments add constraint auto_payments_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table auto_payments add constraint auto_payments_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;

create policy tenant_reading on auto_payments for select to livery_app using (
  (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  and account_id = any ((select nullif(current_setting('app.account_ids', true), ''))::uuid[])
  and ((select current_setting('app.scope', true)) = 'panel'));
create policy tenant_isolation on auto_payments to livery_app using (
  (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  and ((select current_setting('app.scope', true)) = 'office'));
grant select, insert on auto_payments to livery_app;
grant update (is_on, changed_by, changed_at) on auto_payments to livery_app;
grant select on auto_payments to livery_backup;
alter table auto_payments enable row level security;
alter table auto_payments force row level security;
