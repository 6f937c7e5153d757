-- Where a seller is paid: all of it or none. The form of an IBAN is checked here, its check digits where it is entered.
alter table tenants
  add column bank_holder text,
  add column bank_name text,
  add column bank_iban text,
  add column bank_bic text,
  add column bank_qr_iban text,
  add constraint tenants_bank_check check (
    (bank_iban is null) = (bank_holder is null) and (bank_iban is null) = (bank_name is null)
    and (bank_iban is not null or (bank_bic is null and bank_qr_iban is null))),
  add constraint tenants_bank_iban_check check (bank_iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  add constraint tenants_bank_bic_check check (bank_bic ~ '^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$'),
  add constraint tenants_bank_qr_iban_check check (bank_qr_iban ~ '^(CH|LI)[0-9]{2}3[01][0-9]{3}[A-Z0-9]{12}$');

-- A file that could not be made as it should be, with the reason in a word and in full. `is_parked` keeps the document from leaving.
create table document_problems (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  invoice_id uuid not null,
  problem text not null,
  detail text not null,
  is_parked boolean not null,
  noticed_at timestamptz(3) not null,
  resolved_at timestamptz(3),
  constraint document_problems_pkey primary key (tenant_id, id),
  constraint document_problems_tenant_id_fkey foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action,
  constraint document_problems_tenant_id_account_id_fkey
    foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete restrict on update no action,
  constraint document_problems_tenant_id_invoice_id_fkey
    foreign key (tenant_id, invoice_id) references invoices (tenant_id, id) on delete restrict on update no action
);
create unique index document_problems_tenant_id_invoice_id_problem_key on document_problems (tenant_id, invoice_id, problem);
create index document_problems_tenant_id_account_id_idx on document_problems (tenant_id, account_id);
create policy tenant_isolation on document_problems to livery_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and (select current_setting('app.scope', true)) = 'office');
alter table document_problems enable row level security;
alter table document_problems force row level security;
grant select, insert, update on document_problems to livery_app;
grant select on document_problems to livery_backup;
