-- Who stands as the issuer on documents while a contract with the parent says that the parent does: the parent's legal facts, by reference
-- to its terms. Between such days the tenant issues its documents itself.
create table document_issuers (
  tenant_id uuid not null,
  id uuid not null,
  -- Terms of the parent, by its own id.
  terms_id uuid not null,
  valid_from date not null,
  valid_to date,
  accepted_by text not null,
  parent_tenant_id uuid not null,
  slug text not null,
  legal_name text not null,
  address_lines text[] not null,
  country char(2) not null,
  vat_id text,
  email text not null,
  number_prefix text not null,
  bank jsonb,
  -- How the parent is taxed: its registrations and the rates it entered.
  registrations jsonb not null,
  rates jsonb not null,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,

  constraint document_issuers_pkey primary key (tenant_id, id),
  constraint document_issuers_tenant_id_fkey foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action,
  constraint document_issuers_country_check check (country ~ '^[A-Z]{2}$'),
  constraint document_issuers_span_check check (valid_to is null or valid_to >= valid_from)
);
create unique index document_issuers_tenant_id_terms_id_key on document_issuers (tenant_id, terms_id);
create index document_issuers_tenant_id_valid_from_idx on document_issuers (tenant_id, valid_from);

-- Prices in the store show the issuer's tax: every visitor may read it; only the office writes.
create policy tenant_reading on document_issuers for select to livery_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
create policy tenant_isolation on document_issuers to livery_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)
    and (select current_setting('app.scope', true)) = 'office');
grant select, insert on document_issuers to livery_app;
grant select on document_issuers to livery_backup;
alter table document_issuers enable row level security;
alter table document_issuers force row level security;
grant update (valid_to, legal_name, address_lines, country, vat_id, email, bank, registrations, rates, changed_at)
  on document_issuers to livery_app;

-- Documents in the parent's name have a series of their own.
alter table number_series
  add column issuer text not null default 'own',
  add constraint number_series_issuer_check check (issuer in ('own', 'parent'));
drop index number_series_tenant_id_document_type_year_key;
create unique index number_series_tenant_id_document_type_issuer_year_key on number_series (tenant_id, document_type, issuer, year);

alter table invoices
  add column issuer text not null default 'own',
  add constraint invoices_issuer_check check (issuer in ('own', 'parent') and (issuer = 'parent') = (seller ? 'issuer'));
drop index invoices_tenant_id_document_type_year_sequence_key;
create unique index invoices_tenant_id_document_type_issuer_year_sequence_key on invoices (tenant_id, document_type, issuer, year, sequence);
