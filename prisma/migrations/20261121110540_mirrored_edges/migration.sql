-- What the parent charges this tenant, by reference: its documents as they show themselves to their buyer, and one row for each entry of the
-- parent's books that changes what this tenant owes it. The entry of this tenant's own books has the same source, `parent:` before it.
create table parent_documents (
  tenant_id uuid not null,
  id uuid not null,
  parent_document_id uuid not null,
  document_type text not null,
  number text not null,
  refers_to_number text,
  issue_date date not null,
  due_date date not null,
  period_start date not null,
  period_end date not null,
  currency char(3) not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null,
  taxes jsonb not null,
  status text not null,
  paid_minor bigint not null,
  created_at timestamptz(3) not null,
  refreshed_at timestamptz(3) not null,

  constraint parent_documents_pkey primary key (tenant_id, id)
);

create table parent_entries (
  tenant_id uuid not null,
  id uuid not null,
  parent_entry_id uuid not null,
  source_key text not null,
  kind text not null,
  booked_on date not null,
  parent_document_id uuid,
  text text,
  currency char(3) not null,
  created_at timestamptz(3) not null,

  constraint parent_entries_pkey primary key (tenant_id, id)
);

create unique index parent_documents_tenant_id_parent_document_id_key on parent_documents(tenant_id, parent_document_id);
create index parent_documents_tenant_id_issue_date_id_idx on parent_documents(tenant_id, issue_date, id);
create unique index parent_entries_tenant_id_parent_entry_id_key on parent_entries(tenant_id, parent_entry_id);
create unique index parent_entries_tenant_id_source_key_key on parent_entries(tenant_id, source_key);
create index parent_entries_tenant_id_currency_booked_on_parent_entry_id_idx on parent_entries(tenant_id, currency, booked_on, parent_entry_id);
create index parent_entries_tenant_id_parent_document_id_idx on parent_entries(tenant_id, parent_document_id);

alter table parent_documents add constraint parent_documents_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table parent_entries add constraint parent_entries_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table parent_entries add constraint parent_entries_tenant_id_source_key_fkey foreign key (tenant_id, source_key) references ledger_entries(tenant_id, source_key) on delete restrict on update no action;
alter table parent_entries add constraint parent_entries_tenant_id_parent_document_id_fkey foreign key (tenant_id, parent_document_id) references parent_documents(tenant_id, parent_document_id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table parent_documents
  add constraint parent_documents_document_type_check
    check (document_type in ('invoice', 'credit-note', 'debit-note', 'pro-forma', 'prepayment-receipt', 'self-billed')),
  add constraint parent_documents_total_check check (total_minor = net_minor + tax_minor),
  add constraint parent_documents_currency_check check (currency ~ '^[A-Z]{3}$');
alter table parent_entries
  add constraint parent_entries_source_key_check check (starts_with(source_key, 'parent:')),
  add constraint parent_entries_currency_check check (currency ~ '^[A-Z]{3}$');

-- Grants and policies: only the office reads what its tenant buys; of a document only its state changes.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
begin
  foreach name in array array['parent_documents', 'parent_entries'] loop
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
  end loop;
end $$;
grant update (status, paid_minor, refreshed_at) on parent_documents to livery_app;
