-- Statements of the seller's bank account, their entries and what became of them, and large payments that buyers announce.
create table bank_statements (
  tenant_id uuid not null,
  id uuid not null,
  -- Hash of the file and the place of the statement in it: the same file twice is the same statement.
  file_hash text not null,
  part integer not null,
  file_name text not null,
  format text not null,
  iban text not null,
  statement_number text,
  currency char(3) not null,
  from_day date not null,
  to_day date not null,
  -- A list of entries without balances has neither.
  opening_minor bigint,
  closing_minor bigint,
  entry_count integer not null,
  new_count integer not null,
  imported_by text not null,
  imported_at timestamptz(3) not null,

  constraint bank_statements_pkey primary key (tenant_id, id)
);

create table bank_entries (
  tenant_id uuid not null,
  id uuid not null,
  statement_id uuid not null,
  -- What makes an entry the same one in two files that overlap.
  entry_key text not null,
  booked_on date not null,
  currency char(3) not null,
  -- Above zero came in, below zero went out.
  amount_minor bigint not null,
  reference text,
  text text not null,
  counterparty_name text,
  counterparty_iban text,
  bank_reference text,
  state text not null,
  payment_id uuid,
  refund_id uuid,
  aside_reason text,
  decided_by text,
  decided_at timestamptz(3),

  constraint bank_entries_pkey primary key (tenant_id, id)
);

create table bank_csv_mappings (
  tenant_id uuid not null,
  iban text not null,
  mapping jsonb not null,
  changed_at timestamptz(3) not null,

  constraint bank_csv_mappings_pkey primary key (tenant_id, iban)
);

create table expected_payments (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  reference text not null,
  currency char(3) not null,
  amount_minor bigint not null,
  due_on date not null,
  state text not null,
  payment_id uuid,
  announced_by text not null,
  created_at timestamptz(3) not null,
  closed_at timestamptz(3),

  constraint expected_payments_pkey primary key (tenant_id, id)
);

create unique index bank_statements_tenant_id_file_hash_part_key on bank_statements(tenant_id, file_hash, part);
create index bank_statements_tenant_id_to_day_id_idx on bank_statements(tenant_id, to_day, id);
create unique index bank_entries_tenant_id_entry_key_key on bank_entries(tenant_id, entry_key);
create index bank_entries_tenant_id_statement_id_idx on bank_entries(tenant_id, statement_id);
create index bank_entries_tenant_id_state_booked_on_id_idx on bank_entries(tenant_id, state, booked_on, id);
create index bank_entries_tenant_id_payment_id_idx on bank_entries(tenant_id, payment_id);
create index bank_entries_tenant_id_refund_id_idx on bank_entries(tenant_id, refund_id);
create unique index expected_payments_tenant_id_reference_key on expected_payments(tenant_id, reference);
create index expected_payments_tenant_id_state_due_on_id_idx on expected_payments(tenant_id, state, due_on, id);
create index expected_payments_tenant_id_account_id_idx on expected_payments(tenant_id, account_id);
create index expected_payments_tenant_id_payment_id_idx on expected_payments(tenant_id, payment_id);

alter table bank_statements add constraint bank_statements_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table bank_entries add constraint bank_entries_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table bank_entries add constraint bank_entries_tenant_id_statement_id_fkey foreign key (tenant_id, statement_id) references bank_statements(tenant_id, id) on delete restrict on update no action;
alter table bank_entries add constraint bank_entries_tenant_id_payment_id_fkey foreign key (tenant_id, payment_id) references payments(tenant_id, id) on delete restrict on update no action;
alter table bank_entries add constraint bank_entries_tenant_id_refund_id_fkey foreign key (tenant_id, refund_id) references payment_refunds(tenant_id, id) on delete restrict on update no action;
alter table bank_csv_mappings add constraint bank_csv_mappings_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table expected_payments add constraint expected_payments_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table expected_payments add constraint expected_payments_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table expected_payments add constraint expected_payments_tenant_id_payment_id_fkey foreign key (tenant_id, payment_id) references payments(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table bank_statements
  add constraint bank_statements_format_check check (format in ('camt.053', 'mt940', 'csv')),
  add constraint bank_statements_balances_check check ((opening_minor is null) = (closing_minor is null)),
  add constraint bank_statements_counts_check check (new_count between 0 and entry_count),
  add constraint bank_statements_days_check check (to_day >= from_day);
alter table bank_entries
  add constraint bank_entries_amount_check check (amount_minor <> 0),
  add constraint bank_entries_state_check check (state in ('open', 'matched', 'aside')),
  add constraint bank_entries_matched_check check ((state = 'matched') = (payment_id is not null or refund_id is not null)),
  add constraint bank_entries_aside_check check ((state = 'aside') = (aside_reason is not null)),
  add constraint bank_entries_decided_check check ((state = 'open') = (decided_at is null) and (decided_at is null) = (decided_by is null));
alter table expected_payments
  add constraint expected_payments_amount_check check (amount_minor > 0),
  add constraint expected_payments_state_check check (state in ('awaited', 'received', 'withdrawn')),
  add constraint expected_payments_received_check check ((state = 'received') = (payment_id is not null)),
  add constraint expected_payments_closed_check check ((state = 'awaited') = (closed_at is null));

-- Grants and policies. A buyer announces and withdraws what it is about to pay; everything of the bank stays with the office.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  panel constant text := '((select current_setting(''app.scope'', true)) = ''panel'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  foreach name in array array['bank_statements', 'bank_entries', 'bank_csv_mappings', 'expected_payments'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
  execute format('create policy tenant_announcing on expected_payments to livery_app using (%s and account_id = any (%s) and %s)
    with check (%s and account_id = any (%s) and %s and state <> ''received'')', own_tenant, own_accounts, panel, own_tenant, own_accounts, panel);
end $$;
grant update (state, payment_id, refund_id, aside_reason, decided_by, decided_at) on bank_entries to livery_app;
grant update (mapping, changed_at) on bank_csv_mappings to livery_app;
grant update (state, payment_id, closed_at) on expected_payments to livery_app;
