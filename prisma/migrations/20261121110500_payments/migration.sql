-- Money received, what of it settles which document, what went back, and credit notes used against other documents.
create table payments (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  -- The fact behind it: what a person recorded once, a line of a bank file, a capture. One fact is one payment.
  source_key text not null,
  method text not null,
  -- The ledger account the money lies on.
  held_at text not null,
  currency char(3) not null,
  amount_minor bigint not null,
  allocated_minor bigint not null default 0,
  refunded_minor bigint not null default 0,
  received_on date not null,
  reference text,
  payer_name text,
  payer_iban text,
  recorded_by text not null,
  created_at timestamptz(3) not null,

  constraint payments_pkey primary key (tenant_id, id)
);

create table payment_allocations (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  payment_id uuid not null,
  invoice_id uuid not null,
  currency char(3) not null,
  amount_minor bigint not null,
  -- What was forgiven (above zero) or kept (below zero) so that the document is settled to the unit.
  rounding_minor bigint not null default 0,
  allocated_by text not null,
  created_at timestamptz(3) not null,
  reversed_at timestamptz(3),
  reversed_by text,
  reversal_reason text,

  constraint payment_allocations_pkey primary key (tenant_id, id)
);

create table payment_refunds (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  payment_id uuid not null,
  source_key text not null,
  -- `refund`: given back by the seller; `return`: taken back by the payer or its bank.
  kind text not null,
  held_at text not null,
  currency char(3) not null,
  amount_minor bigint not null,
  refunded_on date not null,
  reason text not null,
  refunded_by text not null,
  created_at timestamptz(3) not null,

  constraint payment_refunds_pkey primary key (tenant_id, id)
);

create table credit_uses (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  credit_note_id uuid not null,
  invoice_id uuid not null,
  currency char(3) not null,
  amount_minor bigint not null,
  used_by text not null,
  created_at timestamptz(3) not null,
  reversed_at timestamptz(3),
  reversed_by text,
  reversal_reason text,

  constraint credit_uses_pkey primary key (tenant_id, id)
);

create unique index payments_tenant_id_source_key_key on payments(tenant_id, source_key);
create unique index payments_tenant_id_id_account_id_currency_key on payments(tenant_id, id, account_id, currency);
create index payments_tenant_id_received_on_id_idx on payments(tenant_id, received_on, id);
create index payments_tenant_id_account_id_received_on_idx on payments(tenant_id, account_id, received_on);
create index payment_allocations_tenant_id_payment_id_idx on payment_allocations(tenant_id, payment_id);
create index payment_allocations_tenant_id_invoice_id_idx on payment_allocations(tenant_id, invoice_id);
create index payment_allocations_tenant_id_account_id_idx on payment_allocations(tenant_id, account_id);
create unique index payment_refunds_tenant_id_source_key_key on payment_refunds(tenant_id, source_key);
create index payment_refunds_tenant_id_payment_id_idx on payment_refunds(tenant_id, payment_id);
create index payment_refunds_tenant_id_account_id_idx on payment_refunds(tenant_id, account_id);
create index credit_uses_tenant_id_credit_note_id_idx on credit_uses(tenant_id, credit_note_id);
create index credit_uses_tenant_id_invoice_id_idx on credit_uses(tenant_id, invoice_id);
create index credit_uses_tenant_id_account_id_idx on credit_uses(tenant_id, account_id);

alter table payments add constraint payments_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table payments add constraint payments_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table payment_allocations add constraint payment_allocations_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table payment_allocations add constraint payment_allocations_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table payment_allocations add constraint payment_allocations_payment_fkey foreign key (tenant_id, payment_id, account_id, currency) references payments(tenant_id, id, account_id, currency) on delete restrict on update no action;
alter table payment_allocations add constraint payment_allocations_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table payment_refunds add constraint payment_refunds_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table payment_refunds add constraint payment_refunds_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table payment_refunds add constraint payment_refunds_payment_fkey foreign key (tenant_id, payment_id, account_id, currency) references payments(tenant_id, id, account_id, currency) on delete restrict on update no action;
alter table credit_uses add constraint credit_uses_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table credit_uses add constraint credit_uses_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table credit_uses add constraint credit_uses_tenant_id_credit_note_id_fkey foreign key (tenant_id, credit_note_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table credit_uses add constraint credit_uses_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for. The sums stand on the payment, so that no two transactions together take more of it than there is.
alter table payments
  add constraint payments_method_check check (method in ('cash', 'cheque', 'transfer', 'card', 'wallet', 'other')),
  add constraint payments_held_at_check check (held_at ~ '^[a-z]+(-[a-z]+)*(\.[a-z0-9-]+)?$'),
  add constraint payments_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint payments_amount_check check (amount_minor > 0),
  add constraint payments_use_check check (allocated_minor >= 0 and refunded_minor >= 0 and allocated_minor + refunded_minor <= amount_minor);
alter table payment_allocations
  add constraint payment_allocations_amount_check check (amount_minor > 0 and amount_minor + rounding_minor > 0),
  add constraint payment_allocations_reversal_check
    check ((reversed_at is null) = (reversed_by is null) and (reversed_at is null) = (reversal_reason is null));
alter table payment_refunds
  add constraint payment_refunds_kind_check check (kind in ('refund', 'return')),
  add constraint payment_refunds_held_at_check check (held_at ~ '^[a-z]+(-[a-z]+)*(\.[a-z0-9-]+)?$'),
  add constraint payment_refunds_amount_check check (amount_minor > 0);
alter table credit_uses
  add constraint credit_uses_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint credit_uses_amount_check check (amount_minor > 0 and credit_note_id <> invoice_id),
  add constraint credit_uses_reversal_check
    check ((reversed_at is null) = (reversed_by is null) and (reversed_at is null) = (reversal_reason is null));

-- Grants and policies: a buyer reads what it paid, only the office writes.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  foreach name in array array['payments', 'payment_allocations', 'payment_refunds', 'credit_uses'] loop
    execute format('create policy tenant_reading on %I for select to livery_app using (%s and account_id = any (%s) and %s)',
      name, own_tenant, own_accounts, '((select current_setting(''app.scope'', true)) = ''panel'')');
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
-- Rows stay as they were written; only what became of them is noted.
grant update (allocated_minor, refunded_minor) on payments to livery_app;
grant update (reversed_at, reversed_by, reversal_reason) on payment_allocations, credit_uses to livery_app;
