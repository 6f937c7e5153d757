-- Accounts with payment gateways, saved ways to pay, attempts, what gateways told, and every request and answer.
create table gateway_accounts (
  tenant_id uuid not null,
  id uuid not null,
  gateway text not null,
  name text not null,
  -- `test` accounts move no money.
  mode text not null,
  state text not null,
  -- The gateway's own name of this account: an event of another one is refused.
  external_id text not null,
  -- What is no secret: webhook id, currencies and ways to pay that are offered.
  settings jsonb not null,
  secret_ciphertext bytea not null,
  secret_key_id text not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,

  constraint gateway_accounts_pkey primary key (tenant_id, id)
);

create table payment_methods (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  gateway_account_id uuid not null,
  kind text not null,
  -- The gateway's names of the payer and of the saved way to pay; no card data.
  customer_ref text not null,
  method_ref text not null,
  label text not null,
  last_digits text,
  -- Last day on which it can be charged.
  expires_on date,
  is_default boolean not null,
  state text not null,
  expiry_noticed_on date,
  created_by text not null,
  created_at timestamptz(3) not null,
  removed_at timestamptz(3),

  constraint payment_methods_pkey primary key (tenant_id, id)
);

-- One try at a gateway. Its id is the idempotency key; the row is committed before the gateway is called.
create table payment_attempts (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  gateway_account_id uuid not null,
  payment_method_id uuid,
  -- `checkout`: the gateway's own page; `off-session`: a saved way to pay; `setup`: saves one and moves no money.
  kind text not null,
  purpose text not null,
  state text not null,
  currency char(3) not null,
  amount_minor bigint not null,
  captured_minor bigint not null default 0,
  refunded_minor bigint not null default 0,
  -- The gateway's names of the page and of the payment.
  checkout_ref text,
  payment_ref text,
  redirect_url text,
  return_path text,
  failure_code text,
  -- The payment that was recorded for it.
  payment_id uuid,
  -- When an outcome is asked for, at the latest.
  deadline_at timestamptz(3) not null,
  started_by text not null,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  finished_at timestamptz(3),

  constraint payment_attempts_pkey primary key (tenant_id, id)
);

-- What an attempt pays. While the attempt is open nothing else may pay the same.
create table payment_attempt_targets (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  attempt_id uuid not null,
  kind text not null,
  target_id uuid not null,
  amount_minor bigint not null,
  is_open boolean not null,

  constraint payment_attempt_targets_pkey primary key (tenant_id, id)
);

-- What a gateway told, as it came; stored once, then the gateway is asked for the present state.
create table gateway_events (
  tenant_id uuid not null,
  id uuid not null,
  gateway_account_id uuid not null,
  event_id text not null,
  event_type text not null,
  payload text not null,
  state text not null,
  problem text,
  attempt_id uuid,
  received_at timestamptz(3) not null,
  applied_at timestamptz(3),

  constraint gateway_events_pkey primary key (tenant_id, id)
);

-- Every request and answer, secrets masked.
create table gateway_exchanges (
  tenant_id uuid not null,
  id uuid not null,
  gateway_account_id uuid not null,
  attempt_id uuid,
  direction text not null,
  operation text not null,
  method text not null,
  path text not null,
  status integer,
  problem text,
  request text not null,
  answer text not null,
  duration_ms integer not null,
  at timestamptz(3) not null,

  constraint gateway_exchanges_pkey primary key (tenant_id, id)
);

create unique index gateway_accounts_active_key on gateway_accounts(tenant_id, gateway) where state = 'active';
create index payment_methods_tenant_id_account_id_idx on payment_methods(tenant_id, account_id);
create unique index payment_methods_default_key on payment_methods(tenant_id, account_id) where is_default and state = 'active';
create unique index payment_methods_ref_key on payment_methods(tenant_id, gateway_account_id, method_ref, account_id);
create index payment_methods_expiry_idx on payment_methods(tenant_id, expires_on) where state = 'active';
create index payment_attempts_tenant_id_account_id_created_at_idx on payment_attempts(tenant_id, account_id, created_at);
create index payment_attempts_tenant_id_created_at_id_idx on payment_attempts(tenant_id, created_at, id);
create index payment_attempts_deadline_idx on payment_attempts(tenant_id, deadline_at) where finished_at is null;
create index payment_attempts_checkout_ref_idx on payment_attempts(tenant_id, gateway_account_id, checkout_ref);
create index payment_attempts_payment_ref_idx on payment_attempts(tenant_id, gateway_account_id, payment_ref);
create index payment_attempts_payment_method_id_idx on payment_attempts(tenant_id, payment_method_id);
create index payment_attempts_payment_id_idx on payment_attempts(tenant_id, payment_id);
create index payment_attempt_targets_tenant_id_attempt_id_idx on payment_attempt_targets(tenant_id, attempt_id);
create index payment_attempt_targets_tenant_id_account_id_idx on payment_attempt_targets(tenant_id, account_id);
create unique index payment_attempt_targets_open_key on payment_attempt_targets(tenant_id, kind, target_id) where is_open;
create unique index gateway_events_event_key on gateway_events(tenant_id, gateway_account_id, event_id);
create index gateway_events_tenant_id_received_at_id_idx on gateway_events(tenant_id, received_at, id);
create index gateway_events_waiting_idx on gateway_events(tenant_id, received_at) where state = 'stored';
create index gateway_events_tenant_id_attempt_id_idx on gateway_events(tenant_id, attempt_id);
create index gateway_exchanges_tenant_id_at_id_idx on gateway_exchanges(tenant_id, at, id);
create index gateway_exchanges_tenant_id_attempt_id_at_idx on gateway_exchanges(tenant_id, attempt_id, at);
create index gateway_exchanges_tenant_id_gateway_account_id_idx on gateway_exchanges(tenant_id, gateway_account_id);

alter table gateway_accounts add constraint gateway_accounts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table payment_methods add constraint payment_methods_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table payment_methods add constraint payment_methods_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table payment_methods add constraint payment_methods_tenant_id_gateway_account_id_fkey foreign key (tenant_id, gateway_account_id) references gateway_accounts(tenant_id, id) on delete restrict on update no action;
alter table payment_attempts add constraint payment_attempts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table payment_attempts add constraint payment_attempts_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table payment_attempts add constraint payment_attempts_tenant_id_gateway_account_id_fkey foreign key (tenant_id, gateway_account_id) references gateway_accounts(tenant_id, id) on delete restrict on update no action;
alter table payment_attempts add constraint payment_attempts_tenant_id_payment_method_id_fkey foreign key (tenant_id, payment_method_id) references payment_methods(tenant_id, id) on delete restrict on update no action;
alter table payment_attempts add constraint payment_attempts_tenant_id_payment_id_fkey foreign key (tenant_id, payment_id) references payments(tenant_id, id) on delete restrict on update no action;
alter table payment_attempt_targets add constraint payment_attempt_targets_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table payment_attempt_targets add constraint payment_attempt_targets_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table payment_attempt_targets add constraint payment_attempt_targets_tenant_id_attempt_id_fkey foreign key (tenant_id, attempt_id) references payment_attempts(tenant_id, id) on delete restrict on update no action;
alter table gateway_events add constraint gateway_events_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table gateway_events add constraint gateway_events_tenant_id_gateway_account_id_fkey foreign key (tenant_id, gateway_account_id) references gateway_accounts(tenant_id, id) on delete restrict on update no action;
alter table gateway_events add constraint gateway_events_tenant_id_attempt_id_fkey foreign key (tenant_id, attempt_id) references payment_attempts(tenant_id, id) on delete restrict on update no action;
alter table gateway_exchanges add constraint gateway_exchanges_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table gateway_exchanges add constraint gateway_exchanges_tenant_id_gateway_account_id_fkey foreign key (tenant_id, gateway_account_id) references gateway_accounts(tenant_id, id) on delete restrict on update no action;
alter table gateway_exchanges add constraint gateway_exchanges_tenant_id_attempt_id_fkey foreign key (tenant_id, attempt_id) references payment_attempts(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for. The sums stand on the attempt, so that no two refunds together give back more than was captured.
alter table gateway_accounts
  add constraint gateway_accounts_gateway_check check (gateway in ('stripe', 'paypal', 'sandbox')),
  add constraint gateway_accounts_mode_check check (mode in ('live', 'test')),
  add constraint gateway_accounts_state_check check (state in ('active', 'off'));
alter table payment_methods
  add constraint payment_methods_kind_check check (kind in ('card', 'sepa-debit', 'paypal')),
  add constraint payment_methods_state_check check (state in ('active', 'removed')),
  add constraint payment_methods_removed_check check ((state = 'removed') = (removed_at is not null)),
  add constraint payment_methods_last_digits_check check (last_digits is null or last_digits ~ '^[0-9A-Z]{2,4}$');
alter table payment_attempts
  add constraint payment_attempts_kind_check check (kind in ('checkout', 'off-session', 'setup')),
  add constraint payment_attempts_purpose_check check (purpose in ('invoices', 'order', 'top-up', 'method')),
  add constraint payment_attempts_state_check
    check (state in ('created', 'pending', 'action-required', 'authorised', 'captured', 'failed', 'cancelled', 'expired', 'unknown')),
  add constraint payment_attempts_finished_check
    check ((finished_at is not null) = (state in ('captured', 'failed', 'cancelled', 'expired'))),
  add constraint payment_attempts_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint payment_attempts_amount_check check (amount_minor > 0 or kind = 'setup' and amount_minor = 0),
  add constraint payment_attempts_sums_check check (captured_minor >= 0 and refunded_minor >= 0 and refunded_minor <= captured_minor);
alter table payment_attempt_targets
  add constraint payment_attempt_targets_kind_check check (kind in ('invoice', 'order', 'wallet', 'method')),
  add constraint payment_attempt_targets_amount_check check (amount_minor >= 0);
alter table gateway_events
  add constraint gateway_events_state_check check (state in ('stored', 'applied', 'ignored', 'refused'));
alter table gateway_exchanges
  add constraint gateway_exchanges_direction_check check (direction in ('out', 'in'));

-- Grants and policies: a buyer reads its own ways to pay and attempts, only the office writes; the rest is the office's alone.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  foreach name in array array['payment_methods', 'payment_attempts', 'payment_attempt_targets'] loop
    execute format('create policy tenant_reading on %I for select to livery_app using (%s and account_id = any (%s) and %s)',
      name, own_tenant, own_accounts, '((select current_setting(''app.scope'', true)) = ''panel'')');
  end loop;
  foreach name in array array['gateway_accounts', 'payment_methods', 'payment_attempts', 'payment_attempt_targets', 'gateway_events',
    'gateway_exchanges'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
grant update (name, mode, state, external_id, settings, secret_ciphertext, secret_key_id, changed_at) on gateway_accounts to livery_app;
grant update (label, last_digits, expires_on, is_default, state, expiry_noticed_on, removed_at) on payment_methods to livery_app;
grant update (state, captured_minor, refunded_minor, checkout_ref, payment_ref, redirect_url, failure_code, payment_id, payment_method_id,
  deadline_at, changed_at, finished_at) on payment_attempts to livery_app;
grant update (is_open) on payment_attempt_targets to livery_app;
grant update (state, problem, attempt_id, applied_at) on gateway_events to livery_app;
