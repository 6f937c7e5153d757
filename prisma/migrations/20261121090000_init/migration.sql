-- The tables of Livery, as prisma/schema.prisma describes them, with the checks that Prisma has no words for.
-- Every tenant table: key (tenant_id, id), foreign keys composite with tenant_id, text plus check instead of enums.
-- Isolation (roles' grants, row-level security, triggers) follows in 20261121090200_isolation.

create extension if not exists btree_gist;

create table tenants (
  tenant_id uuid not null,
  slug text not null,
  kind text not null,
  legal_name text not null,
  parent_tenant_id uuid,
  parent_account_id uuid,
  depth integer not null,
  is_operating_unit boolean not null default false,
  country char(2) not null,
  currency char(3) not null,
  time_zone text not null,
  language text not null,
  vat_id text,
  address_lines text[],
  email text not null,
  number_prefix text not null,
  status text not null,
  created_at timestamptz(3) not null,

  constraint tenants_pkey primary key (tenant_id)
);

create table store_domains (
  tenant_id uuid not null,
  id uuid not null,
  host text not null,
  is_primary boolean not null,
  verified_at timestamptz(3),
  created_at timestamptz(3) not null,

  constraint store_domains_pkey primary key (tenant_id, id)
);

create table accounts (
  tenant_id uuid not null,
  id uuid not null,
  parent_account_id uuid,
  kind text not null,
  name text not null,
  email text not null,
  language text not null,
  country char(2) not null,
  address_lines text[],
  vat_id text,
  vat_id_status text not null,
  vat_id_checked_at timestamptz(3),
  child_tenant_id uuid,
  status text not null,
  created_at timestamptz(3) not null,

  constraint accounts_pkey primary key (tenant_id, id)
);

create table contracts (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  price_book_id uuid not null,
  currency char(3) not null,
  payment_days integer not null,
  billing_anchor text not null,
  billing_day integer not null,
  fees_in_advance boolean not null,
  pricing text not null,
  charge_trigger text not null,
  collects_payments text not null,
  issuer text not null,
  is_self_billed boolean not null default false,
  credit_limit_minor bigint not null,
  starts_on date not null,
  ends_on date,
  created_at timestamptz(3) not null,

  constraint contracts_pkey primary key (tenant_id, id)
);

create table security_profiles (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  is_owner boolean not null,
  permissions text[],
  created_at timestamptz(3) not null,

  constraint security_profiles_pkey primary key (tenant_id, id)
);

create table users (
  tenant_id uuid not null,
  id uuid not null,
  email text not null,
  email_confirmed_at timestamptz(3),
  password_hash text,
  name text not null,
  language text not null,
  disabled_at timestamptz(3),
  created_at timestamptz(3) not null,

  constraint users_pkey primary key (tenant_id, id)
);

create table memberships (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  account_id uuid,
  security_profile_id uuid not null,
  created_at timestamptz(3) not null,

  constraint memberships_pkey primary key (tenant_id, id)
);

create table sessions (
  tenant_id uuid not null,
  id text not null,
  user_id uuid not null,
  host text not null,
  user_agent text,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,

  constraint sessions_pkey primary key (tenant_id, id)
);

create table one_time_tokens (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  purpose text not null,
  token_hash text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),

  constraint one_time_tokens_pkey primary key (tenant_id, id)
);

create table products (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  kind text not null,
  name jsonb not null,
  description jsonb not null,
  spec jsonb not null,
  position integer not null,
  status text not null,
  parent_product_id uuid,
  created_at timestamptz(3) not null,

  constraint products_pkey primary key (tenant_id, id)
);

create table price_books (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  currency char(3) not null,
  is_public boolean not null,
  created_at timestamptz(3) not null,

  constraint price_books_pkey primary key (tenant_id, id)
);

create table price_versions (
  tenant_id uuid not null,
  id uuid not null,
  price_book_id uuid not null,
  number integer not null,
  is_public boolean not null,
  valid_from timestamptz(3) not null,
  valid_to timestamptz(3),
  created_at timestamptz(3) not null,

  constraint price_versions_pkey primary key (tenant_id, id)
);

create table price_rules (
  tenant_id uuid not null,
  id uuid not null,
  price_version_id uuid not null,
  is_public boolean not null,
  fee_kind text not null,
  product_id uuid,
  meter text,
  unit text not null,
  unit_price numeric(38, 12) not null,
  included numeric(38, 12) not null,
  cap numeric(38, 12),
  match jsonb not null,

  constraint price_rules_pkey primary key (tenant_id, id)
);

create table orders (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  contract_id uuid not null,
  product_id uuid not null,
  idempotency_key text not null,
  state text not null,
  input jsonb not null,
  currency char(3) not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null,
  child_tenant_id uuid,
  child_order_id uuid,
  parent_order_id uuid,
  subscription_id uuid,
  resource_id uuid,
  failure text,
  placed_by uuid,
  placed_at timestamptz(3) not null,
  finished_at timestamptz(3),

  constraint orders_pkey primary key (tenant_id, id)
);

create table order_steps (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  account_id uuid not null,
  position integer not null,
  step text not null,
  state text not null,
  at timestamptz(3) not null,

  constraint order_steps_pkey primary key (tenant_id, id)
);

create table subscriptions (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  contract_id uuid not null,
  product_id uuid not null,
  order_id uuid,
  feeds_tenant_id uuid,
  feeds_subscription_id uuid,
  name text not null,
  state text not null,
  started_at timestamptz(3) not null,
  ended_at timestamptz(3),
  created_at timestamptz(3) not null,

  constraint subscriptions_pkey primary key (tenant_id, id)
);

create table resources (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  subscription_id uuid,
  cloud_ref uuid not null,
  external_id text not null,
  kind text not null,
  name text not null,
  state text not null,
  address text,
  zone text not null,
  spec jsonb not null,
  pending_action text,
  is_managed boolean not null,
  created_at timestamptz(3) not null,
  deleted_at timestamptz(3),

  constraint resources_pkey primary key (tenant_id, id)
);

create table resource_events (
  tenant_id uuid not null,
  id uuid not null,
  resource_id uuid not null,
  account_id uuid not null,
  at timestamptz(3) not null,
  action text not null,
  user_id uuid,
  user_name text,

  constraint resource_events_pkey primary key (tenant_id, id)
);

create table cloud_connections (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  adapter text not null,
  endpoint text not null,
  api_key text,
  secret_ciphertext bytea,
  secret_key_id text,
  billed_server_meter text not null,
  last_synced_at timestamptz(3),
  created_at timestamptz(3) not null,

  constraint cloud_connections_pkey primary key (tenant_id, id)
);

create table cloud_mappings (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  cloud_ref uuid not null,
  external_kind text not null,
  external_id text not null,
  created_at timestamptz(3) not null,

  constraint cloud_mappings_pkey primary key (tenant_id, id)
);

create table usage_batches (
  tenant_id uuid not null,
  id uuid not null,
  cloud_connection_id uuid,
  source_key text not null,
  state text not null,
  received integer not null default 0,
  accepted integer not null default 0,
  duplicates integer not null default 0,
  conflicts integer not null default 0,
  dropped integer not null default 0,
  quarantined integer not null default 0,
  started_at timestamptz(3) not null,
  finished_at timestamptz(3),

  constraint usage_batches_pkey primary key (tenant_id, id)
);

create table raw_usage (
  tenant_id uuid not null,
  id uuid not null,
  window_start timestamptz(3) not null,
  window_end timestamptz(3) not null,
  cloud_connection_id uuid not null,
  batch_id uuid not null,
  content_key text not null,
  revision integer not null,
  usage_type text not null,
  quantity numeric(38, 12),
  resource_ref text,
  resource_name text,
  owner jsonb not null,
  dimensions jsonb not null,
  payload jsonb not null,
  problem text,
  received_at timestamptz(3) not null,

  constraint raw_usage_pkey primary key (tenant_id, id, window_start)
) partition by range (window_start);

create table usage_records (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  batch_id uuid not null,
  raw_usage_id uuid,
  cloud_ref uuid not null,
  source_key text not null,
  source_tenant_id uuid,
  source_usage_id uuid,
  supersedes_id uuid,
  meter text not null,
  unit text not null,
  quantity numeric(38, 12) not null,
  window_start timestamptz(3) not null,
  window_end timestamptz(3) not null,
  resource_ref text,
  resource_name text,
  resource_id uuid,
  subscription_id uuid,
  product_id uuid,
  owner jsonb not null,
  dimensions jsonb not null,
  created_at timestamptz(3) not null,

  constraint usage_records_pkey primary key (tenant_id, id)
);

create table usage_quarantine (
  tenant_id uuid not null,
  id uuid not null,
  batch_id uuid not null,
  source_key text not null,
  raw_usage_id uuid,
  usage_record_id uuid,
  window_start timestamptz(3) not null,
  reason text not null,
  detail text,
  payload jsonb not null,
  state text not null,
  created_at timestamptz(3) not null,
  resolved_at timestamptz(3),

  constraint usage_quarantine_pkey primary key (tenant_id, id)
);

create table usage_counters (
  tenant_id uuid not null,
  contract_id uuid not null,
  counter_key text not null,
  period_start date not null,
  consumed numeric(38, 12) not null,

  constraint usage_counters_pkey primary key (tenant_id, contract_id, counter_key, period_start)
);

create table charges (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  payer_account_id uuid not null,
  contract_id uuid not null,
  subscription_id uuid,
  product_id uuid,
  usage_record_id uuid,
  resource_id uuid,
  source_key text not null,
  category text not null,
  class text not null,
  frequency text not null,
  fee_kind text not null,
  meter text,
  unit text not null,
  quantity numeric(38, 12) not null,
  included_quantity numeric(38, 12) not null,
  billed_quantity numeric(38, 12) not null,
  unit_price numeric(38, 12) not null,
  amount numeric(38, 12) not null,
  currency char(3) not null,
  price_version_id uuid not null,
  price_rule_id uuid not null,
  reason jsonb not null,
  resource_name text,
  period_start timestamptz(3) not null,
  period_end timestamptz(3) not null,
  billing_period date not null,
  invoice_id uuid,
  invoice_line_id uuid,
  created_at timestamptz(3) not null,

  constraint charges_pkey primary key (tenant_id, id)
);

create table billing_runs (
  tenant_id uuid not null,
  id uuid not null,
  period_start date not null,
  period_end date not null,
  state text not null,
  drafted integer not null default 0,
  finalised integer not null default 0,
  parked integer not null default 0,
  requested_by text not null,
  started_at timestamptz(3) not null,
  finished_at timestamptz(3),

  constraint billing_runs_pkey primary key (tenant_id, id)
);

create table invoice_drafts (
  tenant_id uuid not null,
  id uuid not null,
  billing_run_id uuid not null,
  account_id uuid not null,
  contract_id uuid not null,
  state text not null,
  problem text,
  currency char(3) not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null,
  content jsonb not null,
  invoice_id uuid,
  created_at timestamptz(3) not null,

  constraint invoice_drafts_pkey primary key (tenant_id, id)
);

create table number_series (
  tenant_id uuid not null,
  id uuid not null,
  document_type text not null,
  year integer not null,
  prefix text not null,
  last_number integer not null,
  last_hash text,

  constraint number_series_pkey primary key (tenant_id, id)
);

create table invoices (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  contract_id uuid not null,
  billing_run_id uuid,
  document_type text not null,
  series text not null,
  year integer not null,
  sequence integer not null,
  number text not null,
  issue_date date not null,
  due_date date not null,
  period_start date not null,
  period_end date not null,
  currency char(3) not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null,
  language text not null,
  seller jsonb not null,
  buyer jsonb not null,
  content_hash text not null,
  previous_hash text,
  finalised_at timestamptz(3) not null,

  constraint invoices_pkey primary key (tenant_id, id)
);

create table invoice_lines (
  tenant_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  account_id uuid not null,
  section_account_id uuid not null,
  position integer not null,
  kind text not null,
  description jsonb not null,
  quantity numeric(38, 12) not null,
  unit text not null,
  included_quantity numeric(38, 12) not null,
  billed_quantity numeric(38, 12) not null,
  unit_price numeric(38, 12) not null,
  currency char(3) not null,
  net_minor bigint not null,
  tax_category text not null,
  tax_rate numeric(38, 12) not null,
  period_start timestamptz(3) not null,
  period_end timestamptz(3) not null,

  constraint invoice_lines_pkey primary key (tenant_id, id)
);

create table invoice_taxes (
  tenant_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  account_id uuid not null,
  category text not null,
  rate numeric(38, 12) not null,
  currency char(3) not null,
  base_minor bigint not null,
  tax_minor bigint not null,
  reason text not null,

  constraint invoice_taxes_pkey primary key (tenant_id, id)
);

create table invoice_states (
  tenant_id uuid not null,
  invoice_id uuid not null,
  account_id uuid not null,
  status text not null,
  paid_minor bigint not null,
  changed_at timestamptz(3) not null,

  constraint invoice_states_pkey primary key (tenant_id, invoice_id)
);

create table documents (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  invoice_id uuid not null,
  format text not null,
  file_key text not null,
  sha256 text not null,
  size_bytes integer not null,
  created_at timestamptz(3) not null,

  constraint documents_pkey primary key (tenant_id, id)
);

create table deliveries (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  invoice_id uuid not null,
  channel text not null,
  recipient text not null,
  message_key text not null,
  message_id text,
  state text not null,
  created_at timestamptz(3) not null,
  accepted_at timestamptz(3),

  constraint deliveries_pkey primary key (tenant_id, id)
);

create table ledger_accounts (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  kind text not null,
  created_at timestamptz(3) not null,

  constraint ledger_accounts_pkey primary key (tenant_id, id)
);

create table ledger_entries (
  tenant_id uuid not null,
  id uuid not null,
  source_key text not null,
  kind text not null,
  account_id uuid,
  invoice_id uuid,
  occurred_at timestamptz(3) not null,
  created_at timestamptz(3) not null,

  constraint ledger_entries_pkey primary key (tenant_id, id)
);

create table ledger_postings (
  tenant_id uuid not null,
  id uuid not null,
  entry_id uuid not null,
  ledger_account_id uuid not null,
  account_id uuid,
  currency char(3) not null,
  amount_minor bigint not null,

  constraint ledger_postings_pkey primary key (tenant_id, id)
);

create table audit_entries (
  tenant_id uuid not null,
  id uuid not null,
  at timestamptz(3) not null,
  actor jsonb not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  detail jsonb not null,

  constraint audit_entries_pkey primary key (tenant_id, id)
);

create table outbox (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  data jsonb not null,
  key text,
  created_at timestamptz(3) not null,
  sent_at timestamptz(3),

  constraint outbox_pkey primary key (tenant_id, id)
);

create unique index store_domains_host_key on store_domains(host);
create index accounts_tenant_id_parent_account_id_idx on accounts(tenant_id, parent_account_id);
create index accounts_tenant_id_name_id_idx on accounts(tenant_id, name, id);
create index contracts_tenant_id_price_book_id_idx on contracts(tenant_id, price_book_id);
create unique index contracts_tenant_id_account_id_key on contracts(tenant_id, account_id);
create unique index security_profiles_tenant_id_name_key on security_profiles(tenant_id, name);
create unique index users_tenant_id_email_key on users(tenant_id, email);
create index memberships_tenant_id_user_id_idx on memberships(tenant_id, user_id);
create index memberships_tenant_id_account_id_idx on memberships(tenant_id, account_id);
create index memberships_tenant_id_security_profile_id_idx on memberships(tenant_id, security_profile_id);
create index sessions_tenant_id_user_id_idx on sessions(tenant_id, user_id);
create index one_time_tokens_tenant_id_user_id_idx on one_time_tokens(tenant_id, user_id);
create unique index one_time_tokens_tenant_id_token_hash_key on one_time_tokens(tenant_id, token_hash);
create unique index products_tenant_id_code_key on products(tenant_id, code);
create unique index price_books_tenant_id_code_key on price_books(tenant_id, code);
create unique index price_versions_tenant_id_price_book_id_number_key on price_versions(tenant_id, price_book_id, number);
create index price_rules_tenant_id_price_version_id_idx on price_rules(tenant_id, price_version_id);
create index price_rules_tenant_id_product_id_idx on price_rules(tenant_id, product_id);
create index orders_tenant_id_account_id_placed_at_idx on orders(tenant_id, account_id, placed_at);
create index orders_tenant_id_contract_id_idx on orders(tenant_id, contract_id);
create index orders_tenant_id_product_id_idx on orders(tenant_id, product_id);
create unique index orders_tenant_id_idempotency_key_key on orders(tenant_id, idempotency_key);
create index order_steps_tenant_id_account_id_idx on order_steps(tenant_id, account_id);
create unique index order_steps_tenant_id_order_id_step_key on order_steps(tenant_id, order_id, step);
create index subscriptions_tenant_id_account_id_idx on subscriptions(tenant_id, account_id);
create index subscriptions_tenant_id_contract_id_idx on subscriptions(tenant_id, contract_id);
create index subscriptions_tenant_id_product_id_idx on subscriptions(tenant_id, product_id);
create index subscriptions_tenant_id_order_id_idx on subscriptions(tenant_id, order_id);
create index resources_tenant_id_account_id_idx on resources(tenant_id, account_id);
create index resources_tenant_id_subscription_id_idx on resources(tenant_id, subscription_id);
create unique index resources_tenant_id_cloud_ref_external_id_key on resources(tenant_id, cloud_ref, external_id);
create index resource_events_tenant_id_resource_id_at_idx on resource_events(tenant_id, resource_id, at);
create index resource_events_tenant_id_account_id_idx on resource_events(tenant_id, account_id);
create unique index cloud_connections_tenant_id_name_key on cloud_connections(tenant_id, name);
create index cloud_mappings_tenant_id_account_id_idx on cloud_mappings(tenant_id, account_id);
create unique index cloud_mappings_tenant_id_cloud_ref_external_kind_external_i_key on cloud_mappings(tenant_id, cloud_ref, external_kind, external_id);
create index usage_batches_tenant_id_cloud_connection_id_idx on usage_batches(tenant_id, cloud_connection_id);
create index usage_batches_tenant_id_started_at_idx on usage_batches(tenant_id, started_at);
create unique index usage_batches_tenant_id_source_key_key on usage_batches(tenant_id, source_key);
create index raw_usage_tenant_id_batch_id_id_idx on raw_usage(tenant_id, batch_id, id);
create unique index raw_usage_tenant_id_cloud_connection_id_content_key_revisio_key on raw_usage(tenant_id, cloud_connection_id, content_key, revision, window_start);
create index usage_records_tenant_id_account_id_window_start_idx on usage_records(tenant_id, account_id, window_start);
create index usage_records_tenant_id_batch_id_id_idx on usage_records(tenant_id, batch_id, id);
create index usage_records_tenant_id_cloud_ref_resource_ref_window_start_idx on usage_records(tenant_id, cloud_ref, resource_ref, window_start);
create index usage_records_tenant_id_subscription_id_idx on usage_records(tenant_id, subscription_id);
create index usage_records_tenant_id_raw_usage_id_window_start_idx on usage_records(tenant_id, raw_usage_id, window_start);
create index usage_records_tenant_id_supersedes_id_idx on usage_records(tenant_id, supersedes_id);
create unique index usage_records_tenant_id_source_key_key on usage_records(tenant_id, source_key);
create index usage_quarantine_tenant_id_batch_id_idx on usage_quarantine(tenant_id, batch_id);
create index usage_quarantine_tenant_id_usage_record_id_idx on usage_quarantine(tenant_id, usage_record_id);
create index usage_quarantine_tenant_id_state_created_at_id_idx on usage_quarantine(tenant_id, state, created_at, id);
create unique index usage_quarantine_tenant_id_source_key_key on usage_quarantine(tenant_id, source_key);
create index charges_tenant_id_contract_id_billing_period_invoice_id_idx on charges(tenant_id, contract_id, billing_period, invoice_id);
create index charges_tenant_id_account_id_period_start_idx on charges(tenant_id, account_id, period_start);
create index charges_tenant_id_subscription_id_idx on charges(tenant_id, subscription_id);
create index charges_tenant_id_usage_record_id_idx on charges(tenant_id, usage_record_id);
create index charges_tenant_id_invoice_id_idx on charges(tenant_id, invoice_id);
create unique index charges_tenant_id_source_key_key on charges(tenant_id, source_key);
create unique index billing_runs_tenant_id_period_start_period_end_key on billing_runs(tenant_id, period_start, period_end);
create index invoice_drafts_tenant_id_account_id_idx on invoice_drafts(tenant_id, account_id);
create index invoice_drafts_tenant_id_contract_id_idx on invoice_drafts(tenant_id, contract_id);
create index invoice_drafts_tenant_id_invoice_id_idx on invoice_drafts(tenant_id, invoice_id);
create unique index invoice_drafts_tenant_id_billing_run_id_contract_id_key on invoice_drafts(tenant_id, billing_run_id, contract_id);
create unique index number_series_tenant_id_document_type_year_key on number_series(tenant_id, document_type, year);
create index invoices_tenant_id_account_id_issue_date_idx on invoices(tenant_id, account_id, issue_date);
create index invoices_tenant_id_billing_run_id_idx on invoices(tenant_id, billing_run_id);
create unique index invoices_tenant_id_document_type_year_sequence_key on invoices(tenant_id, document_type, year, sequence);
create unique index invoices_tenant_id_contract_id_document_type_period_start_key on invoices(tenant_id, contract_id, document_type, period_start);
create index invoice_lines_tenant_id_account_id_idx on invoice_lines(tenant_id, account_id);
create index invoice_lines_tenant_id_section_account_id_idx on invoice_lines(tenant_id, section_account_id);
create unique index invoice_lines_tenant_id_invoice_id_position_key on invoice_lines(tenant_id, invoice_id, position);
create index invoice_taxes_tenant_id_account_id_idx on invoice_taxes(tenant_id, account_id);
create unique index invoice_taxes_tenant_id_invoice_id_category_rate_key on invoice_taxes(tenant_id, invoice_id, category, rate);
create index invoice_states_tenant_id_account_id_status_idx on invoice_states(tenant_id, account_id, status);
create index documents_tenant_id_account_id_idx on documents(tenant_id, account_id);
create unique index documents_tenant_id_invoice_id_format_key on documents(tenant_id, invoice_id, format);
create index deliveries_tenant_id_account_id_idx on deliveries(tenant_id, account_id);
create index deliveries_tenant_id_invoice_id_idx on deliveries(tenant_id, invoice_id);
create unique index deliveries_tenant_id_message_key_key on deliveries(tenant_id, message_key);
create unique index ledger_accounts_tenant_id_code_key on ledger_accounts(tenant_id, code);
create index ledger_entries_tenant_id_account_id_idx on ledger_entries(tenant_id, account_id);
create index ledger_entries_tenant_id_invoice_id_idx on ledger_entries(tenant_id, invoice_id);
create unique index ledger_entries_tenant_id_source_key_key on ledger_entries(tenant_id, source_key);
create index ledger_postings_tenant_id_entry_id_idx on ledger_postings(tenant_id, entry_id);
create index ledger_postings_tenant_id_ledger_account_id_idx on ledger_postings(tenant_id, ledger_account_id);
create index ledger_postings_tenant_id_account_id_idx on ledger_postings(tenant_id, account_id);
create index audit_entries_tenant_id_subject_kind_subject_id_idx on audit_entries(tenant_id, subject_kind, subject_id);
create index audit_entries_tenant_id_at_idx on audit_entries(tenant_id, at);

alter table store_domains add constraint store_domains_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table accounts add constraint accounts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table accounts add constraint accounts_tenant_id_parent_account_id_fkey foreign key (tenant_id, parent_account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table contracts add constraint contracts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table contracts add constraint contracts_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table contracts add constraint contracts_tenant_id_price_book_id_fkey foreign key (tenant_id, price_book_id) references price_books(tenant_id, id) on delete restrict on update no action;
alter table security_profiles add constraint security_profiles_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table users add constraint users_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table memberships add constraint memberships_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table memberships add constraint memberships_tenant_id_user_id_fkey foreign key (tenant_id, user_id) references users(tenant_id, id) on delete restrict on update no action;
alter table memberships add constraint memberships_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table memberships add constraint memberships_tenant_id_security_profile_id_fkey foreign key (tenant_id, security_profile_id) references security_profiles(tenant_id, id) on delete restrict on update no action;
alter table sessions add constraint sessions_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table sessions add constraint sessions_tenant_id_user_id_fkey foreign key (tenant_id, user_id) references users(tenant_id, id) on delete restrict on update no action;
alter table one_time_tokens add constraint one_time_tokens_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table one_time_tokens add constraint one_time_tokens_tenant_id_user_id_fkey foreign key (tenant_id, user_id) references users(tenant_id, id) on delete restrict on update no action;
alter table products add constraint products_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table price_books add constraint price_books_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table price_versions add constraint price_versions_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table price_versions add constraint price_versions_tenant_id_price_book_id_fkey foreign key (tenant_id, price_book_id) references price_books(tenant_id, id) on delete restrict on update no action;
alter table price_rules add constraint price_rules_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table price_rules add constraint price_rules_tenant_id_price_version_id_fkey foreign key (tenant_id, price_version_id) references price_versions(tenant_id, id) on delete restrict on update no action;
alter table price_rules add constraint price_rules_tenant_id_product_id_fkey foreign key (tenant_id, product_id) references products(tenant_id, id) on delete restrict on update no action;
alter table orders add constraint orders_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table orders add constraint orders_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table orders add constraint orders_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table orders add constraint orders_tenant_id_product_id_fkey foreign key (tenant_id, product_id) references products(tenant_id, id) on delete restrict on update no action;
alter table order_steps add constraint order_steps_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table order_steps add constraint order_steps_tenant_id_order_id_fkey foreign key (tenant_id, order_id) references orders(tenant_id, id) on delete restrict on update no action;
alter table order_steps add constraint order_steps_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table subscriptions add constraint subscriptions_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table subscriptions add constraint subscriptions_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table subscriptions add constraint subscriptions_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table subscriptions add constraint subscriptions_tenant_id_product_id_fkey foreign key (tenant_id, product_id) references products(tenant_id, id) on delete restrict on update no action;
alter table subscriptions add constraint subscriptions_tenant_id_order_id_fkey foreign key (tenant_id, order_id) references orders(tenant_id, id) on delete restrict on update no action;
alter table resources add constraint resources_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table resources add constraint resources_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table resources add constraint resources_tenant_id_subscription_id_fkey foreign key (tenant_id, subscription_id) references subscriptions(tenant_id, id) on delete restrict on update no action;
alter table resource_events add constraint resource_events_tenant_id_resource_id_fkey foreign key (tenant_id, resource_id) references resources(tenant_id, id) on delete restrict on update no action;
alter table resource_events add constraint resource_events_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table cloud_connections add constraint cloud_connections_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table cloud_mappings add constraint cloud_mappings_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table cloud_mappings add constraint cloud_mappings_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table usage_batches add constraint usage_batches_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table usage_batches add constraint usage_batches_tenant_id_cloud_connection_id_fkey foreign key (tenant_id, cloud_connection_id) references cloud_connections(tenant_id, id) on delete restrict on update no action;
alter table raw_usage add constraint raw_usage_tenant_id_batch_id_fkey foreign key (tenant_id, batch_id) references usage_batches(tenant_id, id) on delete restrict on update no action;
alter table usage_records add constraint usage_records_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table usage_records add constraint usage_records_tenant_id_batch_id_fkey foreign key (tenant_id, batch_id) references usage_batches(tenant_id, id) on delete restrict on update no action;
alter table usage_records add constraint usage_records_tenant_id_subscription_id_fkey foreign key (tenant_id, subscription_id) references subscriptions(tenant_id, id) on delete restrict on update no action;
alter table usage_records add constraint usage_records_tenant_id_raw_usage_id_window_start_fkey foreign key (tenant_id, raw_usage_id, window_start) references raw_usage(tenant_id, id, window_start) on delete restrict on update no action;
alter table usage_records add constraint usage_records_tenant_id_supersedes_id_fkey foreign key (tenant_id, supersedes_id) references usage_records(tenant_id, id) on delete restrict on update no action;
alter table usage_quarantine add constraint usage_quarantine_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table usage_quarantine add constraint usage_quarantine_tenant_id_batch_id_fkey foreign key (tenant_id, batch_id) references usage_batches(tenant_id, id) on delete restrict on update no action;
alter table usage_quarantine add constraint usage_quarantine_tenant_id_usage_record_id_fkey foreign key (tenant_id, usage_record_id) references usage_records(tenant_id, id) on delete restrict on update no action;
alter table usage_counters add constraint usage_counters_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table usage_counters add constraint usage_counters_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table charges add constraint charges_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table charges add constraint charges_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table charges add constraint charges_tenant_id_subscription_id_fkey foreign key (tenant_id, subscription_id) references subscriptions(tenant_id, id) on delete restrict on update no action;
alter table charges add constraint charges_tenant_id_usage_record_id_fkey foreign key (tenant_id, usage_record_id) references usage_records(tenant_id, id) on delete restrict on update no action;
alter table charges add constraint charges_tenant_id_price_rule_id_fkey foreign key (tenant_id, price_rule_id) references price_rules(tenant_id, id) on delete restrict on update no action;
alter table charges add constraint charges_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table billing_runs add constraint billing_runs_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table invoice_drafts add constraint invoice_drafts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table invoice_drafts add constraint invoice_drafts_tenant_id_billing_run_id_fkey foreign key (tenant_id, billing_run_id) references billing_runs(tenant_id, id) on delete restrict on update no action;
alter table invoice_drafts add constraint invoice_drafts_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table invoice_drafts add constraint invoice_drafts_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table invoice_drafts add constraint invoice_drafts_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table number_series add constraint number_series_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table invoices add constraint invoices_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table invoices add constraint invoices_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table invoices add constraint invoices_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table invoices add constraint invoices_tenant_id_billing_run_id_fkey foreign key (tenant_id, billing_run_id) references billing_runs(tenant_id, id) on delete restrict on update no action;
alter table invoice_lines add constraint invoice_lines_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table invoice_lines add constraint invoice_lines_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table invoice_lines add constraint invoice_lines_tenant_id_section_account_id_fkey foreign key (tenant_id, section_account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table invoice_taxes add constraint invoice_taxes_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table invoice_taxes add constraint invoice_taxes_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table invoice_states add constraint invoice_states_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table invoice_states add constraint invoice_states_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table invoice_states add constraint invoice_states_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table documents add constraint documents_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table documents add constraint documents_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table documents add constraint documents_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table deliveries add constraint deliveries_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table deliveries add constraint deliveries_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table deliveries add constraint deliveries_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table ledger_accounts add constraint ledger_accounts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table ledger_entries add constraint ledger_entries_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table ledger_entries add constraint ledger_entries_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table ledger_entries add constraint ledger_entries_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table ledger_postings add constraint ledger_postings_tenant_id_entry_id_fkey foreign key (tenant_id, entry_id) references ledger_entries(tenant_id, id) on delete restrict on update no action;
alter table ledger_postings add constraint ledger_postings_tenant_id_ledger_account_id_fkey foreign key (tenant_id, ledger_account_id) references ledger_accounts(tenant_id, id) on delete restrict on update no action;
alter table ledger_postings add constraint ledger_postings_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;

-- Checks: what no use case may write, whatever it believes.
alter table tenants
  add constraint tenants_kind_check check (kind in ('provider', 'reseller')),
  add constraint tenants_parent_check check ((kind = 'provider') = (parent_tenant_id is null) and (parent_tenant_id is null) = (parent_account_id is null)),
  add constraint tenants_depth_check check (depth between 0 and 20),
  add constraint tenants_status_check check (status in ('active', 'suspended', 'closed')),
  add constraint tenants_slug_check check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  add constraint tenants_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint tenants_country_check check (country ~ '^[A-Z]{2}$');
alter table store_domains add constraint store_domains_host_check check (host = lower(host) and host !~ '[:/ ]');
alter table accounts
  add constraint accounts_kind_check check (kind in ('personal', 'business', 'enterprise')),
  add constraint accounts_vat_id_status_check check (vat_id_status in ('none', 'valid', 'invalid', 'pending')),
  add constraint accounts_status_check check (status in ('active', 'suspended', 'closed')),
  add constraint accounts_parent_check check (parent_account_id is distinct from id),
  add constraint accounts_country_check check (country ~ '^[A-Z]{2}$');
alter table contracts
  add constraint contracts_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint contracts_billing_day_check check (billing_day between 1 and 31),
  add constraint contracts_billing_anchor_check check (billing_anchor in ('calendar', 'anniversary')),
  add constraint contracts_pricing_check check (pricing in ('discount-off-list', 'buy-price-book', 'revenue-share')),
  add constraint contracts_charge_trigger_check check (charge_trigger in ('on-usage', 'on-customer-payment')),
  add constraint contracts_collects_payments_check check (collects_payments in ('child', 'parent')),
  add constraint contracts_issuer_check check (issuer in ('child', 'parent')),
  add constraint contracts_credit_limit_check check (credit_limit_minor >= 0),
  add constraint contracts_payment_days_check check (payment_days between 0 and 365);
alter table users add constraint users_email_check check (email = lower(email) and position('@' in email) > 1);
alter table one_time_tokens add constraint one_time_tokens_purpose_check check (purpose in ('confirm-email', 'reset-password', 'invite'));
alter table products
  add constraint products_kind_check check (kind in ('plan', 'usage')),
  add constraint products_status_check check (status in ('published', 'hidden', 'retired'));
alter table price_books add constraint price_books_currency_check check (currency ~ '^[A-Z]{3}$');
alter table price_versions
  add constraint price_versions_validity_check check (valid_to is null or valid_to > valid_from),
  add constraint price_versions_one_at_a_time exclude using gist
    (tenant_id with =, price_book_id with =, tstzrange(valid_from, valid_to) with &&);
alter table price_rules
  add constraint price_rules_fee_kind_check check (fee_kind in ('setup', 'recurring', 'usage')),
  add constraint price_rules_subject_check check (product_id is not null or meter is not null),
  add constraint price_rules_meter_check check ((fee_kind = 'usage') = (meter is not null)),
  add constraint price_rules_amounts_check check (unit_price >= 0 and included >= 0 and (cap is null or cap >= 0));
alter table orders
  add constraint orders_state_check check (state in ('placed', 'provisioning', 'active', 'refused', 'failed')),
  add constraint orders_total_check check (total_minor = net_minor + tax_minor);
alter table order_steps add constraint order_steps_state_check check (state in ('waiting', 'running', 'done', 'failed'));
alter table subscriptions
  add constraint subscriptions_state_check check (state in ('pending', 'active', 'ended')),
  add constraint subscriptions_end_check check (ended_at is null or ended_at >= started_at);
alter table resources add constraint resources_state_check check (state in ('building', 'running', 'stopped', 'failed', 'deleted'));
alter table resources add constraint resources_pending_action_check check (pending_action in ('start', 'stop', 'reboot', 'destroy'));
alter table cloud_connections
  add constraint cloud_connections_adapter_check check (adapter in ('cloudstack', 'openstack', 'simulator', 'file')),
  add constraint cloud_connections_billed_server_meter_check check (billed_server_meter in ('running', 'allocated'));
alter table cloud_mappings add constraint cloud_mappings_external_kind_check check (external_kind in ('domain', 'account', 'project'));
alter table usage_batches add constraint usage_batches_state_check check (state in ('receiving', 'received', 'mediated', 'rated'));
alter table raw_usage add constraint raw_usage_window_check check (window_end >= window_start);
alter table usage_records add constraint usage_records_window_check check (window_end > window_start);
alter table usage_quarantine add constraint usage_quarantine_state_check check (state in ('open', 'released', 'dismissed'));
alter table charges
  add constraint charges_category_check check (category in ('Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment')),
  add constraint charges_class_check check (class in ('', 'Correction')),
  add constraint charges_frequency_check check (frequency in ('One-Time', 'Recurring', 'Usage-Based')),
  add constraint charges_fee_kind_check check (fee_kind in ('setup', 'recurring', 'usage')),
  add constraint charges_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint charges_period_check check (period_end >= period_start);
alter table billing_runs
  add constraint billing_runs_state_check check (state in ('requested', 'drafted', 'finalising', 'finished')),
  add constraint billing_runs_period_check check (period_end > period_start);
alter table invoice_drafts add constraint invoice_drafts_state_check check (state in ('drafted', 'empty', 'parked', 'finalised'));
alter table number_series add constraint number_series_last_number_check check (last_number >= 0);
alter table invoices
  add constraint invoices_document_type_check check (document_type in ('invoice', 'credit-note', 'debit-note', 'receipt')),
  add constraint invoices_total_check check (total_minor = net_minor + tax_minor),
  add constraint invoices_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint invoices_sequence_check check (sequence >= 1);
alter table invoice_lines add constraint invoice_lines_kind_check check (kind in ('setup', 'recurring', 'usage', 'correction'));
alter table invoice_states add constraint invoice_states_status_check check (status in ('open', 'partly-paid', 'paid', 'overdue', 'void', 'uncollectible'));
alter table deliveries
  add constraint deliveries_channel_check check (channel in ('mail')),
  add constraint deliveries_state_check check (state in ('sending', 'accepted', 'bounced'));
alter table ledger_accounts add constraint ledger_accounts_kind_check check (kind in ('asset', 'liability', 'income', 'expense'));
alter table ledger_postings
  add constraint ledger_postings_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint ledger_postings_amount_check check (amount_minor <> 0);
create index outbox_unsent on outbox (created_at, id) where sent_at is null;
