-- How each edge is settled, what customers' payments bring to it, and what is paid out to the child.
create table settlement_terms (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  contract_id uuid not null,
  valid_from date not null,
  -- Of agreed terms: the day that others take their place.
  valid_to date,
  settings jsonb not null,
  -- What the settings come to; decides whether charges of their days become lines of an invoice.
  model text not null,
  state text not null,
  reason text not null,
  proposed_by text not null,
  proposed_at timestamptz(3) not null,
  needs_second_person boolean not null,
  approved_by text,
  approved_at timestamptz(3),
  -- That the parent's name stands on customers' documents is for the child to want.
  needs_child boolean not null,
  accepted_by text,
  accepted_at timestamptz(3),

  constraint settlement_terms_pkey primary key (tenant_id, id)
);

-- A document or payment of one of the child's customers, by the child's own id, and how much of it has been counted.
create table settlement_sales (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  contract_id uuid not null,
  kind text not null,
  source_id uuid not null,
  currency char(3) not null,
  paid_minor bigint not null,
  steps integer not null,
  held_at timestamptz(3),
  held_by text,
  hold_reason text,
  created_at timestamptz(3) not null,

  constraint settlement_sales_pkey primary key (tenant_id, id)
);

create table payout_runs (
  tenant_id uuid not null,
  id uuid not null,
  through date not null,
  state text not null,
  is_above_limit boolean not null,
  requested_by text not null,
  requested_at timestamptz(3) not null,
  approved_by text,
  approved_at timestamptz(3),

  constraint payout_runs_pkey primary key (tenant_id, id)
);

create table payouts (
  tenant_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  account_id uuid not null,
  contract_id uuid not null,
  currency char(3) not null,
  through date not null,
  state text not null,
  -- released + tax + freed = offset + reserve + payout.
  released_minor bigint not null,
  tax_minor bigint not null,
  freed_minor bigint not null,
  offset_minor bigint not null,
  reserve_minor bigint not null,
  payout_minor bigint not null,
  reserve_until date,
  reserve_freed_by uuid,
  invoice_id uuid,
  bank_reference text,
  paid_on date,
  paid_by text,
  created_at timestamptz(3) not null,

  constraint payouts_pkey primary key (tenant_id, id)
);

create table settlement_items (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  contract_id uuid not null,
  sale_id uuid not null,
  terms_id uuid not null,
  kind text not null,
  step integer not null,
  currency char(3) not null,
  -- What the customer paid in this step: net of tax for payables and shares, all of it for what was collected.
  paid_minor bigint not null,
  -- Kept of it for collecting.
  charge_minor bigint not null,
  -- What the child owes (payable) or is owed (any other kind).
  amount_minor bigint not null,
  detail jsonb not null,
  occurred_on date not null,
  release_on date not null,
  invoice_id uuid,
  invoice_line_id uuid,
  payout_id uuid,
  created_at timestamptz(3) not null,

  constraint settlement_items_pkey primary key (tenant_id, id)
);

create index settlement_terms_tenant_id_account_id_idx on settlement_terms(tenant_id, account_id);
create index settlement_terms_tenant_id_contract_id_valid_from_idx on settlement_terms(tenant_id, contract_id, valid_from);
create unique index settlement_sales_tenant_id_account_id_kind_source_id_key on settlement_sales(tenant_id, account_id, kind, source_id);
create index settlement_sales_tenant_id_contract_id_idx on settlement_sales(tenant_id, contract_id);
create unique index settlement_items_tenant_id_sale_id_kind_step_key on settlement_items(tenant_id, sale_id, kind, step);
create index settlement_items_tenant_id_account_id_occurred_on_idx on settlement_items(tenant_id, account_id, occurred_on);
create index settlement_items_tenant_id_contract_id_idx on settlement_items(tenant_id, contract_id);
create index settlement_items_tenant_id_terms_id_idx on settlement_items(tenant_id, terms_id);
create index settlement_items_tenant_id_invoice_id_idx on settlement_items(tenant_id, invoice_id);
create index settlement_items_tenant_id_payout_id_idx on settlement_items(tenant_id, payout_id);
create unique index payout_runs_tenant_id_through_key on payout_runs(tenant_id, through);
create unique index payouts_tenant_id_contract_id_currency_through_key on payouts(tenant_id, contract_id, currency, through);
create index payouts_tenant_id_account_id_through_idx on payouts(tenant_id, account_id, through);
create index payouts_tenant_id_run_id_idx on payouts(tenant_id, run_id);
create index payouts_tenant_id_invoice_id_idx on payouts(tenant_id, invoice_id);
create index payouts_tenant_id_reserve_freed_by_idx on payouts(tenant_id, reserve_freed_by);

alter table settlement_terms add constraint settlement_terms_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table settlement_terms add constraint settlement_terms_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table settlement_terms add constraint settlement_terms_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table settlement_sales add constraint settlement_sales_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table settlement_sales add constraint settlement_sales_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table settlement_sales add constraint settlement_sales_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table payout_runs add constraint payout_runs_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table payouts add constraint payouts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table payouts add constraint payouts_tenant_id_run_id_fkey foreign key (tenant_id, run_id) references payout_runs(tenant_id, id) on delete restrict on update no action;
alter table payouts add constraint payouts_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table payouts add constraint payouts_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table payouts add constraint payouts_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table payouts add constraint payouts_tenant_id_reserve_freed_by_fkey foreign key (tenant_id, reserve_freed_by) references payouts(tenant_id, id) on delete restrict on update no action;
alter table settlement_items add constraint settlement_items_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table settlement_items add constraint settlement_items_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table settlement_items add constraint settlement_items_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table settlement_items add constraint settlement_items_tenant_id_sale_id_fkey foreign key (tenant_id, sale_id) references settlement_sales(tenant_id, id) on delete restrict on update no action;
alter table settlement_items add constraint settlement_items_tenant_id_terms_id_fkey foreign key (tenant_id, terms_id) references settlement_terms(tenant_id, id) on delete restrict on update no action;
alter table settlement_items add constraint settlement_items_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table settlement_items add constraint settlement_items_tenant_id_payout_id_fkey foreign key (tenant_id, payout_id) references payouts(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table settlement_terms
  add constraint settlement_terms_model_check check (model in ('invoiced', 'share-of-paid', 'share-paid-out', 'showback')),
  add constraint settlement_terms_state_check check (state in ('waiting', 'agreed', 'withdrawn')),
  add constraint settlement_terms_period_check check (valid_to is null or valid_to >= valid_from),
  -- Who proposed terms that a second person must see is not who lets them hold.
  add constraint settlement_terms_second_person_check
    check (not needs_second_person or state <> 'agreed' or (approved_by is not null and approved_by <> proposed_by)),
  add constraint settlement_terms_child_check check (not needs_child or state <> 'agreed' or accepted_by is not null);
create unique index settlement_terms_one_open_end on settlement_terms(tenant_id, contract_id) where state = 'agreed' and valid_to is null;
alter table settlement_sales
  add constraint settlement_sales_kind_check check (kind in ('document', 'payment')),
  add constraint settlement_sales_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint settlement_sales_paid_check check (paid_minor >= 0 and steps >= 0),
  add constraint settlement_sales_hold_check check ((held_at is null) = (held_by is null) and (held_at is null) = (hold_reason is null));
alter table settlement_items
  add constraint settlement_items_kind_check check (kind in ('payable', 'collected', 'share', 'tax')),
  add constraint settlement_items_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint settlement_items_release_check check (release_on >= occurred_on),
  -- What the child owes goes on an invoice; what it is owed goes into a payout.
  add constraint settlement_items_place_check check (case when kind = 'payable' then payout_id is null else invoice_id is null end),
  add constraint settlement_items_line_check check ((invoice_id is null) = (invoice_line_id is null)),
  add constraint settlement_items_collected_check check (kind <> 'collected' or amount_minor = paid_minor - charge_minor);
alter table payout_runs
  add constraint payout_runs_state_check check (state in ('waiting', 'approved', 'finished')),
  add constraint payout_runs_second_person_check check (not is_above_limit or approved_by is null or approved_by <> requested_by),
  add constraint payout_runs_approval_check check ((state = 'waiting') = (approved_by is null) and (approved_by is null) = (approved_at is null));
alter table payouts
  add constraint payouts_state_check check (state in ('made', 'paid')),
  add constraint payouts_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint payouts_parts_check
    check (offset_minor >= 0 and reserve_minor >= 0 and payout_minor >= 0 and freed_minor >= 0),
  add constraint payouts_sum_check check (released_minor + tax_minor + freed_minor = offset_minor + reserve_minor + payout_minor),
  add constraint payouts_reserve_check check ((reserve_minor > 0) = (reserve_until is not null)),
  add constraint payouts_paid_check
    check ((state = 'paid') = (paid_on is not null) and (paid_on is null) = (paid_by is null) and (paid_on is null) = (bank_reference is null));

-- Grants and policies: the child reads its own edge as the buyer it is; only the office writes.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  foreach name in array array['settlement_terms', 'settlement_sales', 'settlement_items', 'payouts', 'payout_runs'] loop
    if name <> 'payout_runs' then
      execute format('create policy tenant_reading on %I for select to livery_app using (%s and account_id = any (%s) and %s)',
        name, own_tenant, own_accounts, '((select current_setting(''app.scope'', true)) = ''panel'')');
    end if;
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
-- Rows stay as they were written; only what became of them is noted.
grant update (valid_to, state, approved_by, approved_at, accepted_by, accepted_at) on settlement_terms to livery_app;
grant update (paid_minor, steps, held_at, held_by, hold_reason) on settlement_sales to livery_app;
grant update (invoice_id, invoice_line_id, payout_id) on settlement_items to livery_app;
grant update (state, approved_by, approved_at) on payout_runs to livery_app;
grant update (state, bank_reference, paid_on, paid_by, reserve_freed_by) on payouts to livery_app;
