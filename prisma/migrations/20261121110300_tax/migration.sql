-- Tax: the seller's own dated rates, names of taxes elsewhere, registrations and schemes, exemptions of buyers, answers of VAT registers.
alter table price_books
  add column tax_behaviour text not null default 'exclusive',
  add constraint price_books_tax_behaviour_check check (tax_behaviour in ('inclusive', 'exclusive'));

create table tax_rates (
  tenant_id uuid not null,
  id uuid not null,
  country text not null,
  kind text not null,
  percent numeric(38, 12) not null,
  valid_from date not null,
  valid_to date,
  source text not null,
  entered_by text not null,
  created_at timestamptz(3) not null,
  withdrawn_at timestamptz(3),
  constraint tax_rates_pkey primary key (tenant_id, id),
  constraint tax_rates_tenant_id_fkey foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action,
  constraint tax_rates_country_check check (country ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
  constraint tax_rates_kind_check check (kind in ('standard', 'reduced', 'second-reduced', 'super-reduced', 'zero')),
  constraint tax_rates_percent_check check (percent between 0 and 100 and (kind <> 'zero' or percent = 0)),
  constraint tax_rates_span_check check (valid_to is null or valid_to > valid_from)
);
create index tax_rates_tenant_id_country_valid_from_idx on tax_rates (tenant_id, country, valid_from);

create table tax_schemes (
  tenant_id uuid not null,
  country char(2) not null,
  tax_name text not null,
  id_name text not null,
  changed_at timestamptz(3) not null,
  constraint tax_schemes_pkey primary key (tenant_id, country),
  constraint tax_schemes_tenant_id_fkey foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action
);

create table tax_registrations (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  country char(2),
  number text,
  valid_from date not null,
  valid_to date,
  entered_by text not null,
  created_at timestamptz(3) not null,
  constraint tax_registrations_pkey primary key (tenant_id, id),
  constraint tax_registrations_tenant_id_fkey foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action,
  constraint tax_registrations_kind_check
    check (kind in ('country', 'oss', 'below-threshold', 'small-business', 'domestic-reverse-charge')),
  constraint tax_registrations_country_check check (kind <> 'country' or (country is not null and number is not null)),
  constraint tax_registrations_span_check check (valid_to is null or valid_to >= valid_from)
);
create index tax_registrations_tenant_id_valid_from_idx on tax_registrations (tenant_id, valid_from);

create table tax_exemptions (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  country char(2) not null,
  ground text not null,
  certificate_number text not null,
  valid_from date not null,
  valid_to date,
  file_key text,
  file_name text,
  entered_by text not null,
  created_at timestamptz(3) not null,
  withdrawn_at timestamptz(3),
  constraint tax_exemptions_pkey primary key (tenant_id, id),
  constraint tax_exemptions_tenant_id_fkey foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action,
  constraint tax_exemptions_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts (tenant_id, id)
    on delete restrict on update no action,
  constraint tax_exemptions_ground_check check (ground in ('diplomatic', 'international-body', 'public-body', 'charity', 'other')),
  constraint tax_exemptions_file_check check ((file_key is null) = (file_name is null)),
  constraint tax_exemptions_span_check check (valid_to is null or valid_to > valid_from)
);
create index tax_exemptions_tenant_id_account_id_valid_from_idx on tax_exemptions (tenant_id, account_id, valid_from);

create table vat_id_checks (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  vat_id text not null,
  register text not null,
  outcome text not null,
  problem text,
  requester_vat_id text,
  consultation_number text,
  registered_name text,
  registered_address text,
  answer text not null,
  checked_at timestamptz(3) not null,
  constraint vat_id_checks_pkey primary key (tenant_id, id),
  constraint vat_id_checks_tenant_id_fkey foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action,
  constraint vat_id_checks_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts (tenant_id, id)
    on delete restrict on update no action,
  constraint vat_id_checks_outcome_check check (outcome in ('valid', 'invalid', 'unavailable')),
  constraint vat_id_checks_problem_check check ((outcome = 'unavailable') = (problem is not null))
);
create index vat_id_checks_tenant_id_account_id_checked_at_idx on vat_id_checks (tenant_id, account_id, checked_at);

do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  -- Prices in the store show the tax: every visitor may read how the seller is taxed; only the office writes.
  foreach name in array array['tax_rates', 'tax_schemes', 'tax_registrations'] loop
    execute format('create policy tenant_reading on %I for select to livery_app using (%s)', name, own_tenant);
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
  end loop;
  execute format('create policy tenant_isolation on tax_exemptions to livery_app using (%s and (%s or account_id = any (%s)))',
    own_tenant, office, own_accounts);
  execute format('create policy tenant_isolation on vat_id_checks to livery_app using (%s and %s)', own_tenant, office);
  foreach name in array array['tax_rates', 'tax_schemes', 'tax_registrations', 'tax_exemptions', 'vat_id_checks'] loop
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
-- Rows are ended or withdrawn, never rewritten: what a document was taxed by can be read again.
grant update (withdrawn_at) on tax_rates, tax_exemptions to livery_app;
grant update (valid_to) on tax_registrations to livery_app;
grant update (tax_name, id_name, changed_at) on tax_schemes to livery_app;
-- Whether prices include tax may change until something is charged by them.
grant update (tax_behaviour) on price_books to livery_app;
