-- What a gateway sent to the seller's bank, and what each payout is made of.
create table gateway_payouts (
  tenant_id uuid not null,
  id uuid not null,
  gateway_account_id uuid not null,
  payout_ref text not null,
  state text not null,
  currency char(3) not null,
  -- What arrives; below zero the gateway takes it from the bank.
  amount_minor bigint not null,
  fee_minor bigint not null,
  arrives_on date not null,
  booked_at timestamptz(3),
  read_at timestamptz(3) not null,

  constraint gateway_payouts_pkey primary key (tenant_id, id)
);

create table gateway_payout_lines (
  tenant_id uuid not null,
  id uuid not null,
  payout_id uuid not null,
  position integer not null,
  kind text not null,
  ref text,
  amount_minor bigint not null,
  fee_minor bigint not null,
  -- What it is with the seller.
  attempt_id uuid,
  refund_id uuid,
  dispute_id uuid,
  -- How it differs from what the books say; nothing when it agrees.
  difference text,
  -- Its sum in the books, when that is another one.
  expected_minor bigint,

  constraint gateway_payout_lines_pkey primary key (tenant_id, id)
);

-- A line of a bank file may be a payout that arrived.
alter table bank_entries add column gateway_payout_id uuid;

create unique index gateway_payouts_payout_ref_key on gateway_payouts(tenant_id, gateway_account_id, payout_ref);
create index gateway_payouts_tenant_id_arrives_on_id_idx on gateway_payouts(tenant_id, arrives_on, id);
create unique index gateway_payout_lines_position_key on gateway_payout_lines(tenant_id, payout_id, position);
create index gateway_payout_lines_tenant_id_attempt_id_idx on gateway_payout_lines(tenant_id, attempt_id);
create index gateway_payout_lines_tenant_id_refund_id_idx on gateway_payout_lines(tenant_id, refund_id);
create index gateway_payout_lines_tenant_id_dispute_id_idx on gateway_payout_lines(tenant_id, dispute_id);
create index bank_entries_tenant_id_gateway_payout_id_idx on bank_entries(tenant_id, gateway_payout_id);

alter table gateway_payouts add constraint gateway_payouts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table gateway_payouts add constraint gateway_payouts_tenant_id_gateway_account_id_fkey foreign key (tenant_id, gateway_account_id) references gateway_accounts(tenant_id, id) on delete restrict on update no action;
alter table gateway_payout_lines add constraint gateway_payout_lines_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table gateway_payout_lines add constraint gateway_payout_lines_tenant_id_payout_id_fkey foreign key (tenant_id, payout_id) references gateway_payouts(tenant_id, id) on delete restrict on update no action;
alter table gateway_payout_lines add constraint gateway_payout_lines_tenant_id_attempt_id_fkey foreign key (tenant_id, attempt_id) references payment_attempts(tenant_id, id) on delete restrict on update no action;
alter table gateway_payout_lines add constraint gateway_payout_lines_tenant_id_refund_id_fkey foreign key (tenant_id, refund_id) references gateway_refunds(tenant_id, id) on delete restrict on update no action;
alter table gateway_payout_lines add constraint gateway_payout_lines_tenant_id_dispute_id_fkey foreign key (tenant_id, dispute_id) references disputes(tenant_id, id) on delete restrict on update no action;
alter table bank_entries add constraint bank_entries_tenant_id_gateway_payout_id_fkey foreign key (tenant_id, gateway_payout_id) references gateway_payouts(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table gateway_payouts
  add constraint gateway_payouts_state_check check (state in ('on-its-way', 'paid', 'failed')),
  add constraint gateway_payouts_currency_check check (currency ~ '^[A-Z]{3}$');
alter table gateway_payout_lines
  add constraint gateway_payout_lines_kind_check check (kind in ('payment', 'refund', 'dispute', 'fee', 'other')),
  add constraint gateway_payout_lines_difference_check check (difference in ('unknown', 'other-amount', 'twice'));
alter table bank_entries drop constraint bank_entries_matched_check;
alter table bank_entries
  add constraint bank_entries_matched_check
    check ((state = 'matched') = (payment_id is not null or refund_id is not null or gateway_payout_id is not null));

-- Grants and policies: the office's alone.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
begin
  foreach name in array array['gateway_payouts', 'gateway_payout_lines'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
grant update (state, amount_minor, fee_minor, arrives_on, booked_at, read_at) on gateway_payouts to livery_app;
grant update (attempt_id, refund_id, dispute_id, difference, expected_minor) on gateway_payout_lines to livery_app;
grant update (gateway_payout_id) on bank_entries to livery_app;
