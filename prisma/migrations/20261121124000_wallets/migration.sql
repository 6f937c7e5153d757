-- Money paid ahead and credit given: balances per account and currency, what they are made of, and what of it settled which document.
create table wallets (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  currency char(3) not null,
  created_at timestamptz(3) not null,

  constraint wallets_pkey primary key (tenant_id, id)
);

-- What is left of a grant is its amount less what was used, what expired and what went back to where it came from.
create table credit_grants (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  wallet_id uuid not null,
  -- The fact behind it: a payment, a form. One fact is one grant.
  source_key text not null,
  kind text not null,
  state text not null,
  currency char(3) not null,
  amount_minor bigint not null,
  used_minor bigint not null default 0,
  expired_minor bigint not null default 0,
  returned_minor bigint not null default 0,
  priority integer not null,
  scope text not null,
  -- Last day of the seller's zone on which it may be used.
  expires_on date,
  reason text,
  granted_by text not null,
  decided_by text,
  created_at timestamptz(3) not null,
  decided_at timestamptz(3),

  constraint credit_grants_pkey primary key (tenant_id, id)
);

create table grant_uses (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  grant_id uuid not null,
  invoice_id uuid not null,
  currency char(3) not null,
  amount_minor bigint not null,
  -- Given back to the grant, because the document was credited, voided or reopened.
  returned_minor bigint not null default 0,
  created_at timestamptz(3) not null,

  constraint grant_uses_pkey primary key (tenant_id, id)
);

-- A payment that became balance.
create table top_ups (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  payment_id uuid not null,
  grant_id uuid not null,
  currency char(3) not null,
  amount_minor bigint not null,
  returned_minor bigint not null default 0,
  receipt_id uuid,
  created_at timestamptz(3) not null,

  constraint top_ups_pkey primary key (tenant_id, id)
);

-- What an account wants charged by itself when its balance runs low. Sums in the wallet's currency.
create table auto_top_ups (
  tenant_id uuid not null,
  wallet_id uuid not null,
  account_id uuid not null,
  is_on boolean not null,
  threshold_minor bigint not null,
  amount_minor bigint not null,
  monthly_cap_minor bigint not null,
  -- Why it waits for the account to look: the gateway's word for the refusal.
  paused_for text,
  -- The attempt that is under way or was the last one.
  attempt_id uuid,
  attempted_at timestamptz(3),
  changed_by text not null,
  changed_at timestamptz(3) not null,

  constraint auto_top_ups_pkey primary key (tenant_id, wallet_id)
);

-- How much credit one person may give alone, in the seller's own currency.
create table wallet_settings (
  tenant_id uuid not null,
  approval_above_minor bigint,
  changed_by text not null,
  changed_at timestamptz(3) not null,

  constraint wallet_settings_pkey primary key (tenant_id)
);

alter table contracts add column payment_mode text not null default 'postpaid', add column trial_ends_on date;
-- What settled a document on its day: credit notes and balance, in their order. Null: nothing.
alter table invoices add column settlements jsonb;
alter table expected_payments add column purpose text not null default 'settlement';

create unique index wallets_tenant_id_account_id_currency_key on wallets(tenant_id, account_id, currency);
create unique index wallets_tenant_id_id_account_id_currency_key on wallets(tenant_id, id, account_id, currency);
create unique index credit_grants_tenant_id_source_key_key on credit_grants(tenant_id, source_key);
create unique index credit_grants_tenant_id_id_account_id_currency_key on credit_grants(tenant_id, id, account_id, currency);
create index credit_grants_tenant_id_wallet_id_idx on credit_grants(tenant_id, wallet_id);
create index credit_grants_tenant_id_account_id_created_at_idx on credit_grants(tenant_id, account_id, created_at);
create index credit_grants_expiry_idx on credit_grants(tenant_id, expires_on) where state = 'active' and expires_on is not null;
create unique index grant_uses_tenant_id_grant_id_invoice_id_key on grant_uses(tenant_id, grant_id, invoice_id);
create index grant_uses_tenant_id_invoice_id_idx on grant_uses(tenant_id, invoice_id);
create index grant_uses_tenant_id_account_id_idx on grant_uses(tenant_id, account_id);
create unique index top_ups_tenant_id_payment_id_key on top_ups(tenant_id, payment_id);
create unique index top_ups_tenant_id_grant_id_key on top_ups(tenant_id, grant_id);
create index top_ups_tenant_id_account_id_created_at_idx on top_ups(tenant_id, account_id, created_at);
create index top_ups_tenant_id_receipt_id_idx on top_ups(tenant_id, receipt_id);
create index auto_top_ups_tenant_id_account_id_idx on auto_top_ups(tenant_id, account_id);
create index auto_top_ups_tenant_id_attempt_id_idx on auto_top_ups(tenant_id, attempt_id);
-- Credit notes of a buyer that are not used up.
create index invoice_states_issued_idx on invoice_states(tenant_id, account_id) where status = 'issued';

alter table wallets add constraint wallets_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table wallets add constraint wallets_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table credit_grants add constraint credit_grants_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table credit_grants add constraint credit_grants_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table credit_grants add constraint credit_grants_wallet_fkey foreign key (tenant_id, wallet_id, account_id, currency) references wallets(tenant_id, id, account_id, currency) on delete restrict on update no action;
alter table grant_uses add constraint grant_uses_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table grant_uses add constraint grant_uses_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table grant_uses add constraint grant_uses_grant_fkey foreign key (tenant_id, grant_id, account_id, currency) references credit_grants(tenant_id, id, account_id, currency) on delete restrict on update no action;
alter table grant_uses add constraint grant_uses_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table top_ups add constraint top_ups_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table top_ups add constraint top_ups_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table top_ups add constraint top_ups_payment_fkey foreign key (tenant_id, payment_id, account_id, currency) references payments(tenant_id, id, account_id, currency) on delete restrict on update no action;
alter table top_ups add constraint top_ups_grant_fkey foreign key (tenant_id, grant_id, account_id, currency) references credit_grants(tenant_id, id, account_id, currency) on delete restrict on update no action;
alter table top_ups add constraint top_ups_tenant_id_receipt_id_fkey foreign key (tenant_id, receipt_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table auto_top_ups add constraint auto_top_ups_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table auto_top_ups add constraint auto_top_ups_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table auto_top_ups add constraint auto_top_ups_tenant_id_wallet_id_fkey foreign key (tenant_id, wallet_id) references wallets(tenant_id, id) on delete restrict on update no action;
alter table auto_top_ups add constraint auto_top_ups_tenant_id_attempt_id_fkey foreign key (tenant_id, attempt_id) references payment_attempts(tenant_id, id) on delete restrict on update no action;
alter table wallet_settings add constraint wallet_settings_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;

-- What Prisma has no words for. The sums stand on the grant, so that no two transactions together take more of it than there is.
alter table wallets add constraint wallets_currency_check check (currency ~ '^[A-Z]{3}$');
alter table credit_grants
  add constraint credit_grants_kind_check check (kind in ('top-up', 'staff', 'promo', 'trial')),
  add constraint credit_grants_state_check check (state in ('waiting', 'active', 'refused', 'expired')),
  add constraint credit_grants_scope_check check (scope in ('all', 'usage', 'fees')),
  add constraint credit_grants_amount_check check (amount_minor > 0),
  add constraint credit_grants_priority_check check (priority between 0 and 99),
  add constraint credit_grants_sums_check check (used_minor >= 0 and expired_minor >= 0 and returned_minor >= 0
    and used_minor + expired_minor + returned_minor <= amount_minor),
  -- Money that was paid never expires.
  add constraint credit_grants_paid_check check (kind <> 'top-up' or expires_on is null and expired_minor = 0),
  add constraint credit_grants_given_check check (kind = 'top-up' or reason is not null and returned_minor = 0),
  add constraint credit_grants_waiting_check check (state in ('active', 'expired') or used_minor + expired_minor + returned_minor = 0);
alter table grant_uses
  add constraint grant_uses_amount_check check (amount_minor > 0 and returned_minor between 0 and amount_minor);
alter table top_ups
  add constraint top_ups_amount_check check (amount_minor > 0 and returned_minor between 0 and amount_minor);
alter table auto_top_ups
  add constraint auto_top_ups_sums_check check (threshold_minor >= 0 and amount_minor > 0 and monthly_cap_minor >= amount_minor);
alter table wallet_settings add constraint wallet_settings_approval_check check (approval_above_minor >= 0);
alter table contracts
  add constraint contracts_payment_mode_check check (payment_mode in ('postpaid', 'prepaid', 'trial')),
  add constraint contracts_trial_check check ((payment_mode = 'trial') = (trial_ends_on is not null));
alter table expected_payments add constraint expected_payments_purpose_check check (purpose in ('settlement', 'top-up'));

-- Grants and policies: a buyer reads its own balance, only the office writes; settings are the office's alone.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  foreach name in array array['wallets', 'credit_grants', 'grant_uses', 'top_ups', 'auto_top_ups'] loop
    execute format('create policy tenant_reading on %I for select to livery_app using (%s and account_id = any (%s) and %s)',
      name, own_tenant, own_accounts, '((select current_setting(''app.scope'', true)) = ''panel'')');
  end loop;
  foreach name in array array['wallets', 'credit_grants', 'grant_uses', 'top_ups', 'auto_top_ups', 'wallet_settings'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
-- A row that is locked has to be one that may be written.
grant update (created_at) on wallets to livery_app;
grant update (state, used_minor, expired_minor, returned_minor, decided_by, decided_at) on credit_grants to livery_app;
grant update (returned_minor) on grant_uses to livery_app;
grant update (returned_minor, receipt_id) on top_ups to livery_app;
grant update (is_on, threshold_minor, amount_minor, monthly_cap_minor, paused_for, attempt_id, attempted_at, changed_by, changed_at)
  on auto_top_ups to livery_app;
grant update (approval_above_minor, changed_by, changed_at) on wallet_settings to livery_app;
grant update (payment_mode, trial_ends_on) on contracts to livery_app;
