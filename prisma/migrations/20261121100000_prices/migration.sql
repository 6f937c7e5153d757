-- Prices: catalogs and channels, partner levels, what a parent offers, promotions and discounts, exchange rates, re-rating,
-- subscription items and their changes, migrations between plans. Expands the schema; the former release runs on it.

alter table accounts add column channel_id uuid,
  add column segment text;

alter table charges add column rerate_run_id uuid,
  add column subscription_item_id uuid,
  add column tier smallint;

alter table invoice_lines add column tier smallint;

alter table orders add column price jsonb not null default '{}',
  add column promo_code text;

alter table price_books add column catalog_id uuid,
  add column partner_level_id uuid;

alter table price_rules add column basis jsonb,
  add column billing_mode text,
  add column included_scope text not null default 'subscription',
  add column interval_count integer,
  add column interval_unit text,
  add column minimum numeric(38, 12),
  add column model text not null default 'per-unit',
  add column quantity_step numeric(38, 12),
  add column rolls_over boolean not null default false,
  add column terms jsonb not null default '{}';

alter table price_versions add column created_by text,
  add column note text,
  add column supersedes_id uuid,
  add column withdrawn_at timestamptz(3);

alter table products add column product_group text;

alter table subscriptions add column billing_anchor text,
  add column ends_at timestamptz(3),
  add column paused_at timestamptz(3),
  add column price_policy text not null default 'newest',
  add column quantity numeric(38, 12) not null default 1,
  add column reminded_at timestamptz(3),
  add column renews boolean not null default true,
  add column trial_ends_at timestamptz(3);

create table catalogs (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  is_reference boolean not null,
  status text not null,
  created_at timestamptz(3) not null,
  constraint catalogs_pkey primary key (tenant_id,id)
);

create table catalog_items (
  tenant_id uuid not null,
  id uuid not null,
  catalog_id uuid not null,
  product_id uuid not null,
  is_visible boolean not null,
  position integer not null,
  created_at timestamptz(3) not null,
  constraint catalog_items_pkey primary key (tenant_id,id)
);

create table catalog_revisions (
  tenant_id uuid not null,
  id uuid not null,
  catalog_id uuid not null,
  number integer not null,
  state text not null,
  note text not null,
  changes jsonb not null,
  activate_at timestamptz(3),
  activated_at timestamptz(3),
  created_by text not null,
  created_at timestamptz(3) not null,
  constraint catalog_revisions_pkey primary key (tenant_id,id)
);

create table channels (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  catalog_id uuid not null,
  segment text,
  countries text[],
  currencies text[],
  is_default boolean not null,
  status text not null,
  created_at timestamptz(3) not null,
  constraint channels_pkey primary key (tenant_id,id)
);

create table catalog_affinities (
  tenant_id uuid not null,
  id uuid not null,
  catalog_id uuid not null,
  partner_level_id uuid,
  segment text,
  country char(2),
  priority integer not null,
  created_at timestamptz(3) not null,
  constraint catalog_affinities_pkey primary key (tenant_id,id)
);

create table bundle_items (
  tenant_id uuid not null,
  id uuid not null,
  bundle_id uuid not null,
  member_id uuid not null,
  quantity numeric(38, 12) not null,
  role text not null,
  position integer not null,
  created_at timestamptz(3) not null,
  constraint bundle_items_pkey primary key (tenant_id,id)
);

create table contract_price_books (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  contract_id uuid not null,
  price_book_id uuid not null,
  layer smallint not null,
  valid_from timestamptz(3) not null,
  valid_to timestamptz(3),
  reason text not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  constraint contract_price_books_pkey primary key (tenant_id,id)
);

create table plan_drafts (
  tenant_id uuid not null,
  id uuid not null,
  price_book_id uuid not null,
  name text not null,
  document jsonb not null,
  state text not null,
  activate_at timestamptz(3),
  price_version_id uuid,
  created_by text not null,
  approved_by text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint plan_drafts_pkey primary key (tenant_id,id)
);

create table markup_rules (
  tenant_id uuid not null,
  id uuid not null,
  price_book_id uuid not null,
  product_id uuid,
  product_group text,
  fee_kind text,
  method text not null,
  rate numeric(38, 12),
  amount numeric(38, 12),
  rounding text,
  floor numeric(38, 12),
  exchange_rate numeric(38, 12),
  exchange_source text,
  exchange_date date,
  position integer not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  constraint markup_rules_pkey primary key (tenant_id,id)
);

create table plan_delegations (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  product_id uuid not null,
  currency char(3) not null,
  price_floor numeric(38, 12),
  price_ceiling numeric(38, 12),
  delegated_at timestamptz(3) not null,
  withdrawn_at timestamptz(3),
  created_by text not null,
  constraint plan_delegations_pkey primary key (tenant_id,id)
);

create table parent_offers (
  tenant_id uuid not null,
  id uuid not null,
  parent_product_id uuid not null,
  code text not null,
  name jsonb not null,
  description jsonb not null,
  spec jsonb not null,
  currency char(3) not null,
  fees jsonb not null,
  price_floor numeric(38, 12),
  price_ceiling numeric(38, 12),
  product_id uuid,
  offered_at timestamptz(3) not null,
  withdrawn_at timestamptz(3),
  updated_at timestamptz(3) not null,
  constraint parent_offers_pkey primary key (tenant_id,id)
);

create table parent_offer_changes (
  tenant_id uuid not null,
  id uuid not null,
  parent_offer_id uuid not null,
  kind text not null,
  before jsonb,
  after jsonb,
  effective_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  resolved_at timestamptz(3),
  resolved_by text,
  constraint parent_offer_changes_pkey primary key (tenant_id,id)
);

create table partner_levels (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  rank integer not null,
  min_turnover_minor bigint,
  turnover_currency char(3),
  turnover_months integer not null default 12,
  max_overdue_days integer,
  grace_days integer not null default 30,
  status text not null,
  created_at timestamptz(3) not null,
  constraint partner_levels_pkey primary key (tenant_id,id)
);

create table partner_level_discounts (
  tenant_id uuid not null,
  id uuid not null,
  partner_level_id uuid not null,
  scope text not null,
  product_group text,
  percent numeric(38, 12) not null,
  valid_from timestamptz(3) not null,
  valid_to timestamptz(3),
  created_by text not null,
  created_at timestamptz(3) not null,
  constraint partner_level_discounts_pkey primary key (tenant_id,id)
);

create table partner_level_assignments (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  partner_level_id uuid not null,
  valid_from timestamptz(3) not null,
  valid_to timestamptz(3),
  reason text not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  constraint partner_level_assignments_pkey primary key (tenant_id,id)
);

create table campaigns (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3),
  audience jsonb not null,
  budget_minor bigint,
  currency char(3),
  spent_minor bigint not null default 0,
  state text not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  constraint campaigns_pkey primary key (tenant_id,id)
);

create table promotions (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid,
  code text not null,
  name jsonb not null,
  kind text not null,
  terms jsonb not null,
  scopes text[],
  product_groups text[],
  channel_ids uuid[],
  is_first_order_only boolean not null default false,
  is_new_customers_only boolean not null default false,
  priority integer not null,
  stack_group text,
  is_stackable boolean not null default true,
  max_redemptions integer,
  max_per_account integer,
  redeemed integer not null default 0,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3),
  state text not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  constraint promotions_pkey primary key (tenant_id,id)
);

create table promo_codes (
  tenant_id uuid not null,
  id uuid not null,
  promotion_id uuid not null,
  code text not null,
  max_redemptions integer,
  redeemed integer not null default 0,
  state text not null,
  created_at timestamptz(3) not null,
  constraint promo_codes_pkey primary key (tenant_id,id)
);

create table promotion_uses (
  tenant_id uuid not null,
  promotion_id uuid not null,
  account_id uuid not null,
  uses integer not null,
  constraint promotion_uses_pkey primary key (tenant_id,promotion_id,account_id)
);

create table redemptions (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  promotion_id uuid not null,
  promo_code_id uuid,
  order_id uuid,
  subscription_id uuid,
  snapshot jsonb not null,
  amount_minor bigint not null,
  currency char(3) not null,
  state text not null,
  created_at timestamptz(3) not null,
  constraint redemptions_pkey primary key (tenant_id,id)
);

create table promo_attempts (
  tenant_id uuid not null,
  subject text not null,
  window_start timestamptz(3) not null,
  failures integer not null,
  constraint promo_attempts_pkey primary key (tenant_id,subject,window_start)
);

create table discounts (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  contract_id uuid not null,
  redemption_id uuid,
  subscription_id uuid,
  name jsonb not null,
  method text not null,
  percent numeric(38, 12),
  amount_minor bigint,
  remaining_minor bigint,
  currency char(3),
  scopes text[],
  product_groups text[],
  priority integer not null,
  is_stackable boolean not null default true,
  periods integer,
  valid_from timestamptz(3) not null,
  valid_to timestamptz(3),
  reason text not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  constraint discounts_pkey primary key (tenant_id,id)
);

create table discount_uses (
  tenant_id uuid not null,
  id uuid not null,
  discount_id uuid not null,
  account_id uuid not null,
  invoice_id uuid not null,
  amount_minor bigint not null,
  currency char(3) not null,
  created_at timestamptz(3) not null,
  constraint discount_uses_pkey primary key (tenant_id,id)
);

create table exchange_rates (
  tenant_id uuid not null,
  id uuid not null,
  base char(3) not null,
  quote char(3) not null,
  rate numeric(38, 12) not null,
  source text not null,
  rate_date date not null,
  entered_by text not null,
  created_at timestamptz(3) not null,
  constraint exchange_rates_pkey primary key (tenant_id,id)
);

create table rerate_runs (
  tenant_id uuid not null,
  id uuid not null,
  scope jsonb not null,
  reason text not null,
  state text not null,
  charges integer not null default 0,
  requested_by text not null,
  requested_at timestamptz(3) not null,
  approved_by text,
  approved_at timestamptz(3),
  finished_at timestamptz(3),
  failure text,
  constraint rerate_runs_pkey primary key (tenant_id,id)
);

create table rerate_lines (
  tenant_id uuid not null,
  id uuid not null,
  rerate_run_id uuid not null,
  account_id uuid not null,
  contract_id uuid not null,
  billing_period date not null,
  old_amount numeric(38, 12) not null,
  new_amount numeric(38, 12) not null,
  currency char(3) not null,
  charges integer not null,
  state text not null,
  constraint rerate_lines_pkey primary key (tenant_id,id)
);

create table subscription_items (
  tenant_id uuid not null,
  id uuid not null,
  subscription_id uuid not null,
  account_id uuid not null,
  product_id uuid not null,
  price_version_id uuid,
  role text not null,
  quantity numeric(38, 12) not null,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3),
  cause text not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  constraint subscription_items_pkey primary key (tenant_id,id)
);

create table subscription_changes (
  tenant_id uuid not null,
  id uuid not null,
  subscription_id uuid not null,
  account_id uuid not null,
  kind text not null,
  effective_at timestamptz(3) not null,
  input jsonb not null,
  preview jsonb not null,
  state text not null,
  created_by text not null,
  decided_by text,
  created_at timestamptz(3) not null,
  decided_at timestamptz(3),
  applied_at timestamptz(3),
  failure text,
  constraint subscription_changes_pkey primary key (tenant_id,id)
);

create table plan_migrations (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  from_product_id uuid not null,
  from_price_version_id uuid,
  to_product_id uuid not null,
  to_price_version_id uuid,
  applies text not null,
  effective_at timestamptz(3),
  state text not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  notified_at timestamptz(3),
  applied_at timestamptz(3),
  constraint plan_migrations_pkey primary key (tenant_id,id)
);

create table plan_migration_items (
  tenant_id uuid not null,
  id uuid not null,
  plan_migration_id uuid not null,
  subscription_id uuid not null,
  account_id uuid not null,
  current_minor bigint not null,
  next_minor bigint not null,
  currency char(3) not null,
  applies_at timestamptz(3),
  state text not null,
  problem text,
  updated_at timestamptz(3) not null,
  constraint plan_migration_items_pkey primary key (tenant_id,id)
);
create unique index catalogs_tenant_id_code_key on catalogs(tenant_id, code);
create index catalog_items_tenant_id_product_id_idx on catalog_items(tenant_id, product_id);
create unique index catalog_items_tenant_id_catalog_id_product_id_key on catalog_items(tenant_id, catalog_id, product_id);
create index catalog_revisions_tenant_id_state_activate_at_idx on catalog_revisions(tenant_id, state, activate_at);
create unique index catalog_revisions_tenant_id_catalog_id_number_key on catalog_revisions(tenant_id, catalog_id, number);
create index channels_tenant_id_catalog_id_idx on channels(tenant_id, catalog_id);
create unique index channels_tenant_id_code_key on channels(tenant_id, code);
create index catalog_affinities_tenant_id_catalog_id_idx on catalog_affinities(tenant_id, catalog_id);
create index catalog_affinities_tenant_id_partner_level_id_idx on catalog_affinities(tenant_id, partner_level_id);
create index bundle_items_tenant_id_member_id_idx on bundle_items(tenant_id, member_id);
create unique index bundle_items_tenant_id_bundle_id_member_id_key on bundle_items(tenant_id, bundle_id, member_id);
create index contract_price_books_tenant_id_contract_id_layer_valid_from_idx on contract_price_books(tenant_id, contract_id, layer, valid_from);
create index contract_price_books_tenant_id_account_id_idx on contract_price_books(tenant_id, account_id);
create index contract_price_books_tenant_id_price_book_id_idx on contract_price_books(tenant_id, price_book_id);
create index plan_drafts_tenant_id_price_book_id_idx on plan_drafts(tenant_id, price_book_id);
create index markup_rules_tenant_id_price_book_id_position_idx on markup_rules(tenant_id, price_book_id, position);
create index markup_rules_tenant_id_product_id_idx on markup_rules(tenant_id, product_id);
create index plan_delegations_tenant_id_product_id_idx on plan_delegations(tenant_id, product_id);
create unique index plan_delegations_tenant_id_account_id_product_id_key on plan_delegations(tenant_id, account_id, product_id);
create index parent_offers_tenant_id_code_idx on parent_offers(tenant_id, code);
create index parent_offers_tenant_id_product_id_idx on parent_offers(tenant_id, product_id);
create unique index parent_offers_tenant_id_parent_product_id_key on parent_offers(tenant_id, parent_product_id);
create index parent_offer_changes_tenant_id_parent_offer_id_created_at_idx on parent_offer_changes(tenant_id, parent_offer_id, created_at);
create index parent_offer_changes_tenant_id_resolved_at_created_at_idx on parent_offer_changes(tenant_id, resolved_at, created_at);
create unique index partner_levels_tenant_id_code_key on partner_levels(tenant_id, code);
create unique index partner_levels_tenant_id_rank_key on partner_levels(tenant_id, rank);
create index partner_level_discounts_tenant_id_partner_level_id_valid_fr_idx on partner_level_discounts(tenant_id, partner_level_id, valid_from);
create index partner_level_assignments_tenant_id_account_id_valid_from_idx on partner_level_assignments(tenant_id, account_id, valid_from);
create index partner_level_assignments_tenant_id_partner_level_id_idx on partner_level_assignments(tenant_id, partner_level_id);
create index campaigns_tenant_id_state_starts_at_idx on campaigns(tenant_id, state, starts_at);
create unique index campaigns_tenant_id_code_key on campaigns(tenant_id, code);
create index promotions_tenant_id_state_starts_at_idx on promotions(tenant_id, state, starts_at);
create index promotions_tenant_id_campaign_id_idx on promotions(tenant_id, campaign_id);
create unique index promotions_tenant_id_code_key on promotions(tenant_id, code);
create index promo_codes_tenant_id_promotion_id_idx on promo_codes(tenant_id, promotion_id);
create unique index promo_codes_tenant_id_code_key on promo_codes(tenant_id, code);
create index promotion_uses_tenant_id_account_id_idx on promotion_uses(tenant_id, account_id);
create index redemptions_tenant_id_account_id_created_at_idx on redemptions(tenant_id, account_id, created_at);
create index redemptions_tenant_id_promotion_id_created_at_idx on redemptions(tenant_id, promotion_id, created_at);
create index redemptions_tenant_id_promo_code_id_idx on redemptions(tenant_id, promo_code_id);
create index redemptions_tenant_id_subscription_id_idx on redemptions(tenant_id, subscription_id);
create unique index redemptions_tenant_id_order_id_promotion_id_key on redemptions(tenant_id, order_id, promotion_id);
create index discounts_tenant_id_contract_id_valid_from_idx on discounts(tenant_id, contract_id, valid_from);
create index discounts_tenant_id_account_id_idx on discounts(tenant_id, account_id);
create index discounts_tenant_id_redemption_id_idx on discounts(tenant_id, redemption_id);
create index discounts_tenant_id_subscription_id_idx on discounts(tenant_id, subscription_id);
create index discount_uses_tenant_id_account_id_idx on discount_uses(tenant_id, account_id);
create index discount_uses_tenant_id_invoice_id_idx on discount_uses(tenant_id, invoice_id);
create unique index discount_uses_tenant_id_discount_id_invoice_id_key on discount_uses(tenant_id, discount_id, invoice_id);
create index exchange_rates_tenant_id_base_quote_rate_date_idx on exchange_rates(tenant_id, base, quote, rate_date);
create index rerate_runs_tenant_id_state_requested_at_idx on rerate_runs(tenant_id, state, requested_at);
create index rerate_lines_tenant_id_account_id_idx on rerate_lines(tenant_id, account_id);
create index rerate_lines_tenant_id_contract_id_idx on rerate_lines(tenant_id, contract_id);
create unique index rerate_lines_tenant_id_rerate_run_id_contract_id_billing_pe_key on rerate_lines(tenant_id, rerate_run_id, contract_id, billing_period);
create index subscription_items_tenant_id_subscription_id_starts_at_idx on subscription_items(tenant_id, subscription_id, starts_at);
create index subscription_items_tenant_id_account_id_idx on subscription_items(tenant_id, account_id);
create index subscription_items_tenant_id_product_id_idx on subscription_items(tenant_id, product_id);
create index subscription_items_tenant_id_price_version_id_idx on subscription_items(tenant_id, price_version_id);
create index subscription_changes_tenant_id_subscription_id_created_at_idx on subscription_changes(tenant_id, subscription_id, created_at);
create index subscription_changes_tenant_id_state_effective_at_idx on subscription_changes(tenant_id, state, effective_at);
create index subscription_changes_tenant_id_account_id_idx on subscription_changes(tenant_id, account_id);
create index plan_migrations_tenant_id_state_effective_at_idx on plan_migrations(tenant_id, state, effective_at);
create index plan_migrations_tenant_id_from_product_id_idx on plan_migrations(tenant_id, from_product_id);
create index plan_migrations_tenant_id_to_product_id_idx on plan_migrations(tenant_id, to_product_id);
create index plan_migration_items_tenant_id_subscription_id_idx on plan_migration_items(tenant_id, subscription_id);
create index plan_migration_items_tenant_id_account_id_idx on plan_migration_items(tenant_id, account_id);
create unique index plan_migration_items_tenant_id_plan_migration_id_subscripti_key on plan_migration_items(tenant_id, plan_migration_id, subscription_id);
create index accounts_tenant_id_channel_id_idx on accounts(tenant_id, channel_id);
create index price_books_tenant_id_catalog_id_idx on price_books(tenant_id, catalog_id);
create index price_books_tenant_id_partner_level_id_idx on price_books(tenant_id, partner_level_id);
create index price_versions_tenant_id_supersedes_id_idx on price_versions(tenant_id, supersedes_id);
alter table accounts add constraint accounts_tenant_id_channel_id_fkey foreign key (tenant_id, channel_id) references channels(tenant_id, id) on delete restrict on update no action;
alter table price_books add constraint price_books_tenant_id_catalog_id_fkey foreign key (tenant_id, catalog_id) references catalogs(tenant_id, id) on delete restrict on update no action;
alter table price_books add constraint price_books_tenant_id_partner_level_id_fkey foreign key (tenant_id, partner_level_id) references partner_levels(tenant_id, id) on delete restrict on update no action;
alter table price_versions add constraint price_versions_tenant_id_supersedes_id_fkey foreign key (tenant_id, supersedes_id) references price_versions(tenant_id, id) on delete restrict on update no action;
alter table catalogs add constraint catalogs_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table catalog_items add constraint catalog_items_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table catalog_items add constraint catalog_items_tenant_id_catalog_id_fkey foreign key (tenant_id, catalog_id) references catalogs(tenant_id, id) on delete restrict on update no action;
alter table catalog_items add constraint catalog_items_tenant_id_product_id_fkey foreign key (tenant_id, product_id) references products(tenant_id, id) on delete restrict on update no action;
alter table catalog_revisions add constraint catalog_revisions_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table catalog_revisions add constraint catalog_revisions_tenant_id_catalog_id_fkey foreign key (tenant_id, catalog_id) references catalogs(tenant_id, id) on delete restrict on update no action;
alter table channels add constraint channels_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table channels add constraint channels_tenant_id_catalog_id_fkey foreign key (tenant_id, catalog_id) references catalogs(tenant_id, id) on delete restrict on update no action;
alter table catalog_affinities add constraint catalog_affinities_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table catalog_affinities add constraint catalog_affinities_tenant_id_catalog_id_fkey foreign key (tenant_id, catalog_id) references catalogs(tenant_id, id) on delete restrict on update no action;
alter table catalog_affinities add constraint catalog_affinities_tenant_id_partner_level_id_fkey foreign key (tenant_id, partner_level_id) references partner_levels(tenant_id, id) on delete restrict on update no action;
alter table bundle_items add constraint bundle_items_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table bundle_items add constraint bundle_items_tenant_id_bundle_id_fkey foreign key (tenant_id, bundle_id) references products(tenant_id, id) on delete restrict on update no action;
alter table bundle_items add constraint bundle_items_tenant_id_member_id_fkey foreign key (tenant_id, member_id) references products(tenant_id, id) on delete restrict on update no action;
alter table contract_price_books add constraint contract_price_books_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table contract_price_books add constraint contract_price_books_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table contract_price_books add constraint contract_price_books_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table contract_price_books add constraint contract_price_books_tenant_id_price_book_id_fkey foreign key (tenant_id, price_book_id) references price_books(tenant_id, id) on delete restrict on update no action;
alter table plan_drafts add constraint plan_drafts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table plan_drafts add constraint plan_drafts_tenant_id_price_book_id_fkey foreign key (tenant_id, price_book_id) references price_books(tenant_id, id) on delete restrict on update no action;
alter table markup_rules add constraint markup_rules_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table markup_rules add constraint markup_rules_tenant_id_price_book_id_fkey foreign key (tenant_id, price_book_id) references price_books(tenant_id, id) on delete restrict on update no action;
alter table markup_rules add constraint markup_rules_tenant_id_product_id_fkey foreign key (tenant_id, product_id) references products(tenant_id, id) on delete restrict on update no action;
alter table plan_delegations add constraint plan_delegations_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table plan_delegations add constraint plan_delegations_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table plan_delegations add constraint plan_delegations_tenant_id_product_id_fkey foreign key (tenant_id, product_id) references products(tenant_id, id) on delete restrict on update no action;
alter table parent_offers add constraint parent_offers_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table parent_offers add constraint parent_offers_tenant_id_product_id_fkey foreign key (tenant_id, product_id) references products(tenant_id, id) on delete restrict on update no action;
alter table parent_offer_changes add constraint parent_offer_changes_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table parent_offer_changes add constraint parent_offer_changes_tenant_id_parent_offer_id_fkey foreign key (tenant_id, parent_offer_id) references parent_offers(tenant_id, id) on delete restrict on update no action;
alter table partner_levels add constraint partner_levels_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table partner_level_discounts add constraint partner_level_discounts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table partner_level_discounts add constraint partner_level_discounts_tenant_id_partner_level_id_fkey foreign key (tenant_id, partner_level_id) references partner_levels(tenant_id, id) on delete restrict on update no action;
alter table partner_level_assignments add constraint partner_level_assignments_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table partner_level_assignments add constraint partner_level_assignments_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table partner_level_assignments add constraint partner_level_assignments_tenant_id_partner_level_id_fkey foreign key (tenant_id, partner_level_id) references partner_levels(tenant_id, id) on delete restrict on update no action;
alter table campaigns add constraint campaigns_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table promotions add constraint promotions_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table promotions add constraint promotions_tenant_id_campaign_id_fkey foreign key (tenant_id, campaign_id) references campaigns(tenant_id, id) on delete restrict on update no action;
alter table promo_codes add constraint promo_codes_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table promo_codes add constraint promo_codes_tenant_id_promotion_id_fkey foreign key (tenant_id, promotion_id) references promotions(tenant_id, id) on delete restrict on update no action;
alter table promotion_uses add constraint promotion_uses_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table promotion_uses add constraint promotion_uses_tenant_id_promotion_id_fkey foreign key (tenant_id, promotion_id) references promotions(tenant_id, id) on delete restrict on update no action;
alter table promotion_uses add constraint promotion_uses_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table redemptions add constraint redemptions_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table redemptions add constraint redemptions_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table redemptions add constraint redemptions_tenant_id_promotion_id_fkey foreign key (tenant_id, promotion_id) references promotions(tenant_id, id) on delete restrict on update no action;
alter table redemptions add constraint redemptions_tenant_id_promo_code_id_fkey foreign key (tenant_id, promo_code_id) references promo_codes(tenant_id, id) on delete restrict on update no action;
alter table redemptions add constraint redemptions_tenant_id_order_id_fkey foreign key (tenant_id, order_id) references orders(tenant_id, id) on delete restrict on update no action;
alter table redemptions add constraint redemptions_tenant_id_subscription_id_fkey foreign key (tenant_id, subscription_id) references subscriptions(tenant_id, id) on delete restrict on update no action;
alter table promo_attempts add constraint promo_attempts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table discounts add constraint discounts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table discounts add constraint discounts_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table discounts add constraint discounts_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table discounts add constraint discounts_tenant_id_redemption_id_fkey foreign key (tenant_id, redemption_id) references redemptions(tenant_id, id) on delete restrict on update no action;
alter table discounts add constraint discounts_tenant_id_subscription_id_fkey foreign key (tenant_id, subscription_id) references subscriptions(tenant_id, id) on delete restrict on update no action;
alter table discount_uses add constraint discount_uses_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table discount_uses add constraint discount_uses_tenant_id_discount_id_fkey foreign key (tenant_id, discount_id) references discounts(tenant_id, id) on delete restrict on update no action;
alter table discount_uses add constraint discount_uses_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table discount_uses add constraint discount_uses_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table exchange_rates add constraint exchange_rates_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table rerate_runs add constraint rerate_runs_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table rerate_lines add constraint rerate_lines_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table rerate_lines add constraint rerate_lines_tenant_id_rerate_run_id_fkey foreign key (tenant_id, rerate_run_id) references rerate_runs(tenant_id, id) on delete restrict on update no action;
alter table rerate_lines add constraint rerate_lines_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table rerate_lines add constraint rerate_lines_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table subscription_items add constraint subscription_items_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table subscription_items add constraint subscription_items_tenant_id_subscription_id_fkey foreign key (tenant_id, subscription_id) references subscriptions(tenant_id, id) on delete restrict on update no action;
alter table subscription_items add constraint subscription_items_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table subscription_items add constraint subscription_items_tenant_id_product_id_fkey foreign key (tenant_id, product_id) references products(tenant_id, id) on delete restrict on update no action;
alter table subscription_items add constraint subscription_items_tenant_id_price_version_id_fkey foreign key (tenant_id, price_version_id) references price_versions(tenant_id, id) on delete restrict on update no action;
alter table subscription_changes add constraint subscription_changes_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table subscription_changes add constraint subscription_changes_tenant_id_subscription_id_fkey foreign key (tenant_id, subscription_id) references subscriptions(tenant_id, id) on delete restrict on update no action;
alter table subscription_changes add constraint subscription_changes_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table plan_migrations add constraint plan_migrations_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table plan_migrations add constraint plan_migrations_tenant_id_from_product_id_fkey foreign key (tenant_id, from_product_id) references products(tenant_id, id) on delete restrict on update no action;
alter table plan_migrations add constraint plan_migrations_tenant_id_to_product_id_fkey foreign key (tenant_id, to_product_id) references products(tenant_id, id) on delete restrict on update no action;
alter table plan_migration_items add constraint plan_migration_items_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table plan_migration_items add constraint plan_migration_items_tenant_id_plan_migration_id_fkey foreign key (tenant_id, plan_migration_id) references plan_migrations(tenant_id, id) on delete restrict on update no action;
alter table plan_migration_items add constraint plan_migration_items_tenant_id_subscription_id_fkey foreign key (tenant_id, subscription_id) references subscriptions(tenant_id, id) on delete restrict on update no action;
alter table plan_migration_items add constraint plan_migration_items_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table products drop constraint products_kind_check;
alter table products add constraint products_kind_check
  check (kind in ('plan', 'usage', 'recurring', 'one-time', 'service', 'app', 'bundle', 'sla'));
alter table price_versions drop constraint price_versions_one_at_a_time;
alter table price_versions
  add constraint price_versions_one_at_a_time exclude using gist
    (tenant_id with =, price_book_id with =, tstzrange(valid_from, valid_to) with &&) where (withdrawn_at is null);
alter table price_rules drop constraint price_rules_fee_kind_check;
alter table price_rules
  add constraint price_rules_fee_kind_check check (fee_kind in ('setup', 'recurring', 'renewal', 'cancellation', 'usage')),
  add constraint price_rules_model_check
    check (model in ('flat', 'per-unit', 'graduated', 'volume', 'package', 'stairstep', 'percentage')),
  add constraint price_rules_limits_check check (minimum >= 0 and quantity_step > 0),
  add constraint price_rules_included_scope_check check (included_scope in ('subscription', 'resource', 'pool')),
  add constraint price_rules_interval_check
    check ((interval_unit is null) = (interval_count is null) and interval_unit in ('day', 'week', 'month', 'year') and interval_count between 1 and 120),
  add constraint price_rules_billing_mode_check check (billing_mode in ('in-advance', 'in-arrears'));
alter table charges drop constraint charges_fee_kind_check;
alter table charges add constraint charges_fee_kind_check
  check (fee_kind in ('setup', 'recurring', 'renewal', 'cancellation', 'usage'));
alter table invoice_lines drop constraint invoice_lines_kind_check;
alter table invoice_lines add constraint invoice_lines_kind_check
  check (kind in ('setup', 'recurring', 'renewal', 'cancellation', 'usage', 'correction', 'discount'));
alter table subscriptions drop constraint subscriptions_state_check;
alter table subscriptions
  add constraint subscriptions_state_check check (state in ('pending', 'active', 'paused', 'ended')),
  add constraint subscriptions_price_policy_check check (price_policy in ('pinned', 'newest')),
  add constraint subscriptions_billing_anchor_check check (billing_anchor in ('calendar', 'anniversary')),
  add constraint subscriptions_quantity_check check (quantity > 0);
alter table subscription_items
  add constraint subscription_items_role_check check (role in ('main', 'add-on', 'included')),
  add constraint subscription_items_quantity_check check (quantity > 0),
  add constraint subscription_items_span_check check (ends_at is null or ends_at >= starts_at),
  add constraint subscription_items_one_main exclude using gist
    (tenant_id with =, subscription_id with =, tstzrange(starts_at, ends_at) with &&) where (role = 'main');
alter table subscription_changes
  add constraint subscription_changes_state_check
    check (state in ('proposed', 'scheduled', 'applied', 'cancelled', 'refused', 'failed'));
alter table catalogs add constraint catalogs_status_check check (status in ('active', 'archived'));
alter table channels add constraint channels_status_check check (status in ('active', 'archived'));
alter table catalog_revisions
  add constraint catalog_revisions_state_check check (state in ('draft', 'scheduled', 'active', 'discarded')),
  add constraint catalog_revisions_date_check check (state <> 'scheduled' or activate_at is not null);
alter table bundle_items
  add constraint bundle_items_role_check check (role in ('included', 'optional', 'complimentary')),
  add constraint bundle_items_self_check check (bundle_id <> member_id),
  add constraint bundle_items_quantity_check check (quantity > 0);
alter table contract_price_books
  add constraint contract_price_books_layer_check check (layer between 0 and 3),
  add constraint contract_price_books_span_check check (valid_to is null or valid_to > valid_from),
  add constraint contract_price_books_one_a_layer exclude using gist
    (tenant_id with =, contract_id with =, layer with =, tstzrange(valid_from, valid_to) with &&);
alter table plan_drafts add constraint plan_drafts_state_check check (state in ('draft', 'submitted', 'activated', 'discarded'));
alter table markup_rules
  add constraint markup_rules_method_check check (method in ('percent', 'amount', 'fixed-price')),
  add constraint markup_rules_exchange_check
    check ((exchange_rate is null) = (exchange_source is null) and (exchange_rate is null) = (exchange_date is null) and exchange_rate > 0);
alter table plan_delegations add constraint plan_delegations_range_check check (price_floor >= 0 and price_ceiling >= price_floor);
alter table parent_offer_changes
  add constraint parent_offer_changes_kind_check check (kind in ('new', 'price', 'range', 'description', 'withdrawn', 'returned'));
alter table partner_levels
  add constraint partner_levels_status_check check (status in ('active', 'archived')),
  add constraint partner_levels_turnover_check check ((min_turnover_minor is null) = (turnover_currency is null)),
  add constraint partner_levels_limits_check
    check (min_turnover_minor >= 0 and max_overdue_days >= 0 and grace_days >= 0 and turnover_months between 1 and 60);
alter table partner_level_discounts
  add constraint partner_level_discounts_scope_check check (scope in ('setup', 'recurring', 'usage', 'overage')),
  add constraint partner_level_discounts_percent_check check (percent between 0 and 100),
  add constraint partner_level_discounts_span_check check (valid_to is null or valid_to > valid_from),
  add constraint partner_level_discounts_one_at_a_time exclude using gist (tenant_id with =, partner_level_id with =, scope with =,
    coalesce(product_group, '') with =, tstzrange(valid_from, valid_to) with &&);
alter table partner_level_assignments
  add constraint partner_level_assignments_span_check check (valid_to is null or valid_to > valid_from),
  add constraint partner_level_assignments_one_at_a_time exclude using gist
    (tenant_id with =, account_id with =, tstzrange(valid_from, valid_to) with &&);
alter table campaigns
  add constraint campaigns_state_check check (state in ('draft', 'scheduled', 'running', 'ended', 'spent')),
  add constraint campaigns_span_check check (ends_at is null or ends_at > starts_at),
  add constraint campaigns_budget_check check ((budget_minor is null) = (currency is null) and spent_minor <= coalesce(budget_minor, spent_minor));
alter table promotions
  add constraint promotions_kind_check check (kind in ('percent', 'amount', 'free-units', 'free-period')),
  add constraint promotions_state_check check (state in ('draft', 'active', 'ended')),
  add constraint promotions_span_check check (ends_at is null or ends_at > starts_at),
  add constraint promotions_limit_check check (redeemed >= 0 and redeemed <= coalesce(max_redemptions, redeemed));
alter table promo_codes
  add constraint promo_codes_code_check check (code = upper(code) and length(code) between 4 and 40),
  add constraint promo_codes_state_check check (state in ('active', 'disabled')),
  add constraint promo_codes_limit_check check (redeemed >= 0 and redeemed <= coalesce(max_redemptions, redeemed));
alter table promotion_uses add constraint promotion_uses_uses_check check (uses >= 0);
alter table redemptions add constraint redemptions_state_check check (state in ('held', 'applied', 'released'));
alter table discounts
  add constraint discounts_method_check check (
    (method = 'percent' and percent is not null and percent between 0 and 100 and amount_minor is null)
    or (method = 'amount' and amount_minor is not null and amount_minor >= 0 and currency is not null and percent is null)),
  add constraint discounts_span_check check (valid_to is null or valid_to > valid_from),
  add constraint discounts_remaining_check check (remaining_minor between 0 and amount_minor);
alter table exchange_rates
  add constraint exchange_rates_rate_check check (rate > 0),
  add constraint exchange_rates_pair_check check (base <> quote and base ~ '^[A-Z]{3}$' and quote ~ '^[A-Z]{3}$');
alter table rerate_runs
  add constraint rerate_runs_state_check check (state in ('requested', 'previewed', 'approved', 'applied', 'refused', 'failed')),
  add constraint rerate_runs_second_person_check check (approved_by is null or approved_by <> requested_by);
alter table rerate_lines add constraint rerate_lines_state_check check (state in ('open', 'posted'));
alter table plan_migrations
  add constraint plan_migrations_applies_check check (applies in ('now', 'renewal', 'date')),
  add constraint plan_migrations_state_check check (state in ('draft', 'notified', 'scheduled', 'applied', 'undone'));
alter table plan_migration_items
  add constraint plan_migration_items_state_check check (state in ('selected', 'excluded', 'scheduled', 'applied', 'undone', 'failed'));

-- A subscription that is there already becomes one main item over its own time.
alter table subscriptions no force row level security;
insert into subscription_items (tenant_id, id, subscription_id, account_id, product_id, role, quantity, starts_at, ends_at, cause, created_by, created_at)
select tenant_id, gen_random_uuid(), id, account_id, product_id, 'main', 1, started_at, ended_at, 'order', 'livery', created_at
from subscriptions where state <> 'pending';
alter table subscriptions force row level security;

-- Isolation of the new tables, by the same rules as in 20261121090200_isolation.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  -- What belongs to a buyer.
  foreach name in array array[
    'contract_price_books', 'plan_delegations', 'partner_level_assignments', 'promotion_uses', 'redemptions', 'discounts',
    'discount_uses', 'subscription_items', 'subscription_changes']
  loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and (%s or account_id = any (%s)))',
      name, own_tenant, office, own_accounts);
  end loop;
  -- What the seller keeps to itself.
  foreach name in array array[
    'catalog_revisions', 'catalog_affinities', 'plan_drafts', 'markup_rules', 'parent_offers', 'parent_offer_changes',
    'partner_levels', 'partner_level_discounts', 'campaigns', 'promotions', 'promo_codes', 'promo_attempts', 'exchange_rates',
    'rerate_runs', 'rerate_lines', 'plan_migrations', 'plan_migration_items']
  loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
  end loop;
  -- What every visitor of the store may read; only the office writes.
  foreach name in array array[
    'catalogs', 'catalog_items', 'channels', 'bundle_items']
  loop
    execute format('create policy tenant_reading on %I for select to livery_app using (%s)', name, own_tenant);
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
  end loop;
  foreach name in array array[
    'catalogs', 'catalog_items', 'catalog_revisions', 'channels', 'catalog_affinities', 'bundle_items', 'contract_price_books',
    'plan_drafts', 'markup_rules', 'plan_delegations', 'parent_offers', 'parent_offer_changes', 'partner_levels',
    'partner_level_discounts', 'partner_level_assignments', 'campaigns', 'promotions', 'promo_codes', 'promotion_uses',
    'redemptions', 'promo_attempts', 'discounts', 'discount_uses', 'exchange_rates', 'rerate_runs', 'rerate_lines',
    'subscription_items', 'subscription_changes', 'plan_migrations', 'plan_migration_items']
  loop
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;

grant update on
  catalogs, catalog_items, catalog_revisions, channels, plan_drafts, markup_rules, plan_delegations, parent_offers, parent_offer_changes,
  partner_levels, partner_level_discounts, partner_level_assignments, contract_price_books, campaigns, promotions, promo_codes,
  promotion_uses, redemptions, promo_attempts, discounts, rerate_runs, rerate_lines, subscription_items, subscription_changes,
  plan_migrations, plan_migration_items
  to livery_app;
grant delete on catalog_items, catalog_affinities, bundle_items, markup_rules, plan_drafts, promo_attempts, rerate_lines, plan_migration_items to livery_app;
-- A wrong version is withdrawn when another takes its span; what it said stays readable.
grant update (withdrawn_at) on price_versions to livery_app;
-- A price book is put into a catalog later; nothing else about it changes.
grant update (catalog_id) on price_books to livery_app;
