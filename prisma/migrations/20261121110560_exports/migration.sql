-- Files made for other programs: who asked for what, and the hash of what left. And the numbers that the accountant's books use.
create table exports (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  format text not null,
  period date not null,
  account_id uuid,
  side text,
  currency char(3),
  state text not null,
  file_key text,
  sha256 text,
  size_bytes bigint,
  row_count int,
  requested_by text not null,
  requested_at timestamptz(3) not null,
  finished_at timestamptz(3),
  -- Until then the file may be fetched; the row stays.
  expires_at timestamptz(3),

  constraint exports_pkey primary key (tenant_id, id)
);

create table accounting_settings (
  tenant_id uuid not null,
  chart text not null,
  consultant int not null,
  client int not null,
  fiscal_month int not null,
  -- Numbers that differ from those of the chart, by code of the ledger account: {"number", "taxKey"}.
  numbers jsonb not null,
  changed_at timestamptz(3) not null,

  constraint accounting_settings_pkey primary key (tenant_id)
);

create table debtor_numbers (
  tenant_id uuid not null,
  account_id uuid not null,
  number int not null,
  assigned_at timestamptz(3) not null,

  constraint debtor_numbers_pkey primary key (tenant_id, account_id)
);

create index exports_tenant_id_requested_at_idx on exports(tenant_id, requested_at);
create index exports_tenant_id_account_id_idx on exports(tenant_id, account_id);
create unique index debtor_numbers_tenant_id_number_key on debtor_numbers(tenant_id, number);
-- A file of a billing month reads its invoices.
create index invoices_tenant_id_period_start_id_idx on invoices(tenant_id, period_start, id);

alter table exports add constraint exports_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table exports add constraint exports_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table accounting_settings add constraint accounting_settings_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table debtor_numbers add constraint debtor_numbers_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table debtor_numbers add constraint debtor_numbers_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table exports
  add constraint exports_kind_check check (kind in ('focus', 'accounting')),
  add constraint exports_format_check check (
    (kind = 'focus' and format = 'csv' and side in ('sell', 'buy') and side is not null)
    or (kind = 'accounting' and format in ('datev', 'csv', 'jsonl') and side is null and account_id is null)),
  add constraint exports_currency_check check (currency is null or currency ~ '^[A-Z]{3}$'),
  add constraint exports_state_check check (state in ('requested', 'done', 'failed')),
  -- What left can be told by its hash.
  add constraint exports_done_check
    check (state <> 'done' or (sha256 is not null and size_bytes is not null and row_count is not null and finished_at is not null));
alter table accounting_settings
  add constraint accounting_settings_chart_check check (chart in ('skr03', 'skr04')),
  add constraint accounting_settings_numbers_check
    check (consultant between 1001 and 9999999 and client between 1 and 99999 and fiscal_month between 1 and 12);
alter table debtor_numbers
  -- From 70000 on numbers are of creditors.
  add constraint debtor_numbers_number_check check (number between 10000 and 69999);

do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
begin
  foreach name in array array['exports', 'accounting_settings', 'debtor_numbers'] loop
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
  end loop;
end $$;
-- Who asked for what stays; only what became of it is noted.
grant update (state, file_key, sha256, size_bytes, row_count, finished_at, expires_at) on exports to livery_app;
grant update on accounting_settings to livery_app;
