-- Which of a country's rates applies to a product; fees in advance that later months earn; who keeps the books may close them.
alter table products
  add column tax_kind text not null default 'standard',
  add constraint products_tax_kind_check check (tax_kind in ('standard', 'reduced', 'second-reduced', 'super-reduced', 'zero'));

-- One row, or fees in advance are earned when they are invoiced.
create table deferral_settings (
  tenant_id uuid not null,
  -- Documents of this day and later are deferred; null switches it off.
  defers_from date,
  changed_at timestamptz(3) not null,
  constraint deferral_settings_pkey primary key (tenant_id),
  constraint deferral_settings_tenant_id_fkey foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action
);

-- What a month earns of a line that was invoiced before it; what a credit or a void takes back of that is below zero.
create table deferred_parts (
  tenant_id uuid not null,
  id uuid not null,
  -- The document that books it: an invoice, a credit note, or an invoice that is voided.
  invoice_id uuid not null,
  cause text not null,
  -- The line of the invoice.
  line_id uuid not null,
  revenue_kind text not null,
  month date not null,
  currency char(3) not null,
  amount_minor bigint not null,
  created_at timestamptz(3) not null,
  constraint deferred_parts_pkey primary key (tenant_id, id),
  constraint deferred_parts_tenant_id_fkey foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action,
  constraint deferred_parts_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id)
    references invoices (tenant_id, id) on delete restrict on update no action,
  constraint deferred_parts_tenant_id_line_id_fkey foreign key (tenant_id, line_id)
    references invoice_lines (tenant_id, id) on delete restrict on update no action,
  constraint deferred_parts_cause_check check (cause in ('invoice', 'credit-note', 'void')),
  constraint deferred_parts_month_check check (extract(day from month) = 1),
  constraint deferred_parts_amount_check check (amount_minor <> 0)
);
create unique index deferred_parts_tenant_id_invoice_id_cause_line_id_month_key
  on deferred_parts (tenant_id, invoice_id, cause, line_id, month);
create index deferred_parts_tenant_id_line_id_idx on deferred_parts (tenant_id, line_id);
create index deferred_parts_tenant_id_month_idx on deferred_parts (tenant_id, month);

-- The one policy of tables that only the office reads.
do $$
declare t text;
begin
  foreach t in array array['deferral_settings', 'deferred_parts'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid) and (select current_setting(''app.scope'', true)) = ''office'')', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select on %I to livery_backup', t);
  end loop;
end $$;
grant select, insert, update on deferral_settings to livery_app;
grant select, insert on deferred_parts to livery_app;

-- Who may read the books as finance may close and reverse in them, too: the right is younger than the profiles.
alter table security_profiles no force row level security;
update security_profiles set permissions = array_append(permissions, 'ledger:write')
where name = 'finance' and not is_owner and not 'ledger:write' = any (permissions);
alter table security_profiles force row level security;
