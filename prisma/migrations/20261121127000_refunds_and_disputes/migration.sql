-- Money given back through a gateway, and payments that a payer's bank takes back.
create table gateway_refunds (
  tenant_id uuid not null,
  -- The idempotency key at the gateway: the row is committed before the gateway is called.
  id uuid not null,
  account_id uuid not null,
  gateway_account_id uuid not null,
  attempt_id uuid not null,
  payment_id uuid not null,
  -- `staff` asked for it here; `gateway`: made by hand at the gateway and found there.
  source text not null,
  state text not null,
  currency char(3) not null,
  amount_minor bigint not null,
  reason text not null,
  -- The gateway's name of it, once it has one.
  refund_ref text,
  failure_code text,
  requested_by text not null,
  approved_by text,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  finished_at timestamptz(3),

  constraint gateway_refunds_pkey primary key (tenant_id, id)
);

create table disputes (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  gateway_account_id uuid not null,
  attempt_id uuid not null,
  payment_id uuid not null,
  -- The gateway's name of it.
  dispute_ref text not null,
  state text not null,
  -- The bank's reason as a code of the gateway.
  reason text not null,
  currency char(3) not null,
  amount_minor bigint not null,
  -- Of the amount, what was kept of the payment and is taken back; the rest was given back before and is lost while the dispute stands.
  returned_minor bigint not null,
  -- What the gateway keeps for it now, and how often that changed.
  fee_minor bigint not null default 0,
  fee_steps integer not null default 0,
  respond_by timestamptz(3),
  opened_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,
  noticed_at timestamptz(3),
  decided_at timestamptz(3),

  constraint disputes_pkey primary key (tenant_id, id)
);

-- What the seller tells the bank; only its own people read it.
create table dispute_evidence (
  tenant_id uuid not null,
  dispute_id uuid not null,
  text text not null,
  saved_by text not null,
  saved_at timestamptz(3) not null,
  sent_by text,
  sent_at timestamptz(3),

  constraint dispute_evidence_pkey primary key (tenant_id, dispute_id)
);

create table dispute_files (
  tenant_id uuid not null,
  id uuid not null,
  dispute_id uuid not null,
  name text not null,
  content_type text not null,
  size_bytes integer not null,
  file_key text not null,
  added_by text not null,
  added_at timestamptz(3) not null,

  constraint dispute_files_pkey primary key (tenant_id, id)
);

-- How a seller deals with money that goes back, and how long it keeps what was said to gateways.
create table payment_settings (
  tenant_id uuid not null,
  -- Minor units by currency above which a second person lets a refund go.
  refund_approval_above jsonb not null,
  -- A dispute stops the services of the account until it is decided.
  suspends_on_dispute boolean not null,
  exchange_months integer not null,
  changed_at timestamptz(3) not null,

  constraint payment_settings_pkey primary key (tenant_id)
);

-- A refund that the gateway could not make, or a dispute that was won, puts the money back.
alter table payment_refunds
  add column reversed_at timestamptz(3),
  add column reversed_by text,
  add column reversal_reason text;

create unique index gateway_refunds_refund_ref_key on gateway_refunds(tenant_id, gateway_account_id, refund_ref);
create index gateway_refunds_tenant_id_attempt_id_idx on gateway_refunds(tenant_id, attempt_id);
create index gateway_refunds_tenant_id_payment_id_idx on gateway_refunds(tenant_id, payment_id);
create index gateway_refunds_tenant_id_account_id_idx on gateway_refunds(tenant_id, account_id);
create index gateway_refunds_tenant_id_created_at_id_idx on gateway_refunds(tenant_id, created_at, id);
create index gateway_refunds_unfinished_idx on gateway_refunds(tenant_id, changed_at) where state in ('created', 'unknown', 'pending');
create unique index disputes_dispute_ref_key on disputes(tenant_id, gateway_account_id, dispute_ref);
create index disputes_tenant_id_opened_at_id_idx on disputes(tenant_id, opened_at, id);
create index disputes_tenant_id_payment_id_idx on disputes(tenant_id, payment_id);
create index disputes_tenant_id_attempt_id_idx on disputes(tenant_id, attempt_id);
create index disputes_tenant_id_account_id_idx on disputes(tenant_id, account_id);
create index dispute_files_tenant_id_dispute_id_idx on dispute_files(tenant_id, dispute_id);

alter table gateway_refunds add constraint gateway_refunds_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table gateway_refunds add constraint gateway_refunds_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table gateway_refunds add constraint gateway_refunds_tenant_id_gateway_account_id_fkey foreign key (tenant_id, gateway_account_id) references gateway_accounts(tenant_id, id) on delete restrict on update no action;
alter table gateway_refunds add constraint gateway_refunds_tenant_id_attempt_id_fkey foreign key (tenant_id, attempt_id) references payment_attempts(tenant_id, id) on delete restrict on update no action;
alter table gateway_refunds add constraint gateway_refunds_tenant_id_payment_id_fkey foreign key (tenant_id, payment_id) references payments(tenant_id, id) on delete restrict on update no action;
alter table disputes add constraint disputes_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table disputes add constraint disputes_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table disputes add constraint disputes_tenant_id_gateway_account_id_fkey foreign key (tenant_id, gateway_account_id) references gateway_accounts(tenant_id, id) on delete restrict on update no action;
alter table disputes add constraint disputes_tenant_id_attempt_id_fkey foreign key (tenant_id, attempt_id) references payment_attempts(tenant_id, id) on delete restrict on update no action;
alter table disputes add constraint disputes_tenant_id_payment_id_fkey foreign key (tenant_id, payment_id) references payments(tenant_id, id) on delete restrict on update no action;
alter table dispute_evidence add constraint dispute_evidence_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table dispute_evidence add constraint dispute_evidence_tenant_id_dispute_id_fkey foreign key (tenant_id, dispute_id) references disputes(tenant_id, id) on delete restrict on update no action;
alter table dispute_files add constraint dispute_files_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table dispute_files add constraint dispute_files_tenant_id_dispute_id_fkey foreign key (tenant_id, dispute_id) references disputes(tenant_id, id) on delete restrict on update no action;
alter table payment_settings add constraint payment_settings_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table gateway_refunds
  add constraint gateway_refunds_source_check check (source in ('staff', 'gateway')),
  add constraint gateway_refunds_state_check
    check (state in ('waiting', 'refused', 'created', 'unknown', 'pending', 'done', 'failed')),
  add constraint gateway_refunds_finished_check check ((finished_at is not null) = (state in ('refused', 'done', 'failed'))),
  add constraint gateway_refunds_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint gateway_refunds_amount_check check (amount_minor > 0);
alter table disputes
  add constraint disputes_state_check check (state in ('needs-response', 'under-review', 'won', 'lost')),
  add constraint disputes_decided_check check ((decided_at is not null) = (state in ('won', 'lost'))),
  add constraint disputes_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint disputes_amount_check check (amount_minor > 0 and returned_minor between 0 and amount_minor and fee_minor >= 0);
alter table dispute_evidence
  add constraint dispute_evidence_sent_check check ((sent_at is null) = (sent_by is null));
alter table dispute_files
  add constraint dispute_files_size_check check (size_bytes > 0);
alter table payment_settings
  add constraint payment_settings_exchange_months_check check (exchange_months between 1 and 120);
alter table payment_refunds
  add constraint payment_refunds_reversal_check
    check ((reversed_at is null) = (reversed_by is null) and (reversed_at is null) = (reversal_reason is null));

-- Grants and policies: a buyer reads its refunds and disputes, only the office writes; the rest is the office's alone.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  foreach name in array array['gateway_refunds', 'disputes'] loop
    execute format('create policy tenant_reading on %I for select to livery_app using (%s and account_id = any (%s) and %s)',
      name, own_tenant, own_accounts, '((select current_setting(''app.scope'', true)) = ''panel'')');
  end loop;
  foreach name in array array['gateway_refunds', 'disputes', 'dispute_evidence', 'dispute_files', 'payment_settings'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
grant update (state, refund_ref, failure_code, approved_by, changed_at, finished_at) on gateway_refunds to livery_app;
grant update (state, reason, fee_minor, fee_steps, respond_by, changed_at, noticed_at, decided_at) on disputes to livery_app;
grant update (text, saved_by, saved_at, sent_by, sent_at) on dispute_evidence to livery_app;
grant delete on dispute_files to livery_app;
grant update (refund_approval_above, suspends_on_dispute, exchange_months, changed_at) on payment_settings to livery_app;
grant update (reversed_at, reversed_by, reversal_reason) on payment_refunds to livery_app;
-- What is older than the seller keeps is taken away.
grant delete on gateway_exchanges to livery_app;
