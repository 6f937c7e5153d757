-- The ledger: booking dates, reversals, balances per day, accounting periods.
alter table ledger_entries
  add column booked_on date,
  add column posting_count smallint,
  add column reverses_id uuid,
  add column reason text;
alter table ledger_postings add column booked_on date;

-- Entries that stand already take the date of their document, or the seller's day; the owner of a forced table sees no row without this.
alter table tenants no force row level security;
alter table invoices no force row level security;
alter table ledger_entries no force row level security;
alter table ledger_postings no force row level security;
update ledger_entries e set
  booked_on = coalesce((select i.issue_date from invoices i where i.tenant_id = e.tenant_id and i.id = e.invoice_id), (e.occurred_at at time zone t.time_zone)::date),
  posting_count = (select count(*) from ledger_postings p where p.tenant_id = e.tenant_id and p.entry_id = e.id)
from tenants t where t.tenant_id = e.tenant_id;
update ledger_postings p set booked_on = e.booked_on from ledger_entries e where e.tenant_id = p.tenant_id and e.id = p.entry_id;
-- What is deferred until commit would stand in the way of the changes below.
set constraints all immediate;
alter table tenants force row level security;
alter table invoices force row level security;

alter table ledger_entries
  alter column booked_on set not null,
  alter column posting_count set not null;
alter table ledger_postings alter column booked_on set not null;

create table ledger_balances (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  ledger_account_id uuid not null,
  account_id uuid,
  currency char(3) not null,
  booked_on date not null,
  shard smallint not null,
  debit_minor bigint not null,
  credit_minor bigint not null,

  constraint ledger_balances_pkey primary key (tenant_id, id)
);

create table accounting_periods (
  tenant_id uuid not null,
  id uuid not null,
  month date not null,
  state text not null,
  closed_by text not null,
  closed_at timestamptz(3) not null,
  reopen_reason text,
  reopen_asked_by text,
  reopen_asked_at timestamptz(3),

  constraint accounting_periods_pkey primary key (tenant_id, id)
);

drop index ledger_postings_tenant_id_ledger_account_id_idx;
create unique index ledger_entries_tenant_id_id_booked_on_key on ledger_entries(tenant_id, id, booked_on);
create unique index ledger_entries_tenant_id_reverses_id_key on ledger_entries(tenant_id, reverses_id);
create index ledger_entries_tenant_id_booked_on_id_idx on ledger_entries(tenant_id, booked_on, id);
create index ledger_postings_tenant_id_ledger_account_id_booked_on_id_idx on ledger_postings(tenant_id, ledger_account_id, booked_on, id);
create index ledger_balances_tenant_id_account_id_idx on ledger_balances(tenant_id, account_id);
create unique index accounting_periods_tenant_id_month_key on accounting_periods(tenant_id, month);
-- A balance without a buyer is one balance: nulls are equal here.
create unique index ledger_balances_place_key
  on ledger_balances(tenant_id, ledger_account_id, account_id, currency, booked_on, shard) nulls not distinct;

alter table ledger_postings drop constraint ledger_postings_tenant_id_entry_id_fkey;
alter table ledger_postings add constraint ledger_postings_tenant_id_entry_id_booked_on_fkey foreign key (tenant_id, entry_id, booked_on) references ledger_entries(tenant_id, id, booked_on) on delete restrict on update no action;
alter table ledger_entries add constraint ledger_entries_tenant_id_reverses_id_fkey foreign key (tenant_id, reverses_id) references ledger_entries(tenant_id, id) on delete restrict on update no action;
alter table ledger_balances add constraint ledger_balances_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table ledger_balances add constraint ledger_balances_tenant_id_ledger_account_id_fkey foreign key (tenant_id, ledger_account_id) references ledger_accounts(tenant_id, id) on delete restrict on update no action;
alter table ledger_balances add constraint ledger_balances_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table accounting_periods add constraint accounting_periods_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table ledger_entries
  add constraint ledger_entries_kind_check check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  add constraint ledger_entries_posting_count_check check (posting_count >= 2),
  add constraint ledger_entries_reason_check check ((kind = 'reversal') = (reverses_id is not null) and (kind <> 'reversal' or reason is not null));
alter table ledger_balances
  add constraint ledger_balances_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint ledger_balances_shard_check check (shard between 0 and 15 and (account_id is null or shard = 0)),
  add constraint ledger_balances_sides_check check (debit_minor >= 0 and credit_minor >= 0);
alter table accounting_periods
  add constraint accounting_periods_month_check check (extract(day from month) = 1),
  add constraint accounting_periods_state_check check (state in ('closed', 'open')),
  add constraint accounting_periods_reopen_check check (
    (reopen_reason is null) = (reopen_asked_by is null) and (reopen_asked_by is null) = (reopen_asked_at is null)
    and (reopen_reason is null or state = 'closed'));

-- At commit an entry has the postings that it says, and they cancel out in each currency.
drop trigger ledger_entries_balanced on ledger_entries;
drop trigger ledger_postings_balanced on ledger_postings;
drop function check_ledger_entry_balance();
create function check_ledger_entry_balance() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  if (select coalesce(sum(sides), 0) <> new.posting_count or coalesce(bool_or(balance <> 0), true) from (
      select count(*) as sides, sum(p.amount_minor) as balance from ledger_postings p
      where p.tenant_id = new.tenant_id and p.entry_id = new.id group by p.currency) c)
  then
    raise exception 'ledger entry % is not balanced', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger ledger_entries_balanced after insert on ledger_entries
  deferrable initially deferred for each row execute function check_ledger_entry_balance();

-- Postings come with their entry and never later; the balances of their day follow in the same statement. Accounts without a buyer are
-- posted to by every transaction: each connection adds to a row of its own, so that none waits for the other's commit. In order of
-- the key, so that two transactions never wait for each other.
create function add_to_ledger_balances() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  if exists (
    select 1 from (select distinct tenant_id, entry_id from added) a
    join ledger_entries e on e.tenant_id = a.tenant_id and e.id = a.entry_id
    where (select count(*) from ledger_postings p where p.tenant_id = e.tenant_id and p.entry_id = e.id) > e.posting_count)
  then
    raise exception 'a ledger entry gets no more postings' using errcode = 'restrict_violation';
  end if;
  insert into ledger_balances (tenant_id, ledger_account_id, account_id, currency, booked_on, shard, debit_minor, credit_minor)
  select tenant_id, ledger_account_id, account_id, currency, booked_on, case when account_id is null then pg_backend_pid() % 16 else 0 end,
    sum(greatest(amount_minor, 0)), sum(greatest(-amount_minor, 0))
  from added group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
  on conflict (tenant_id, ledger_account_id, account_id, currency, booked_on, shard) do update
    set debit_minor = ledger_balances.debit_minor + excluded.debit_minor, credit_minor = ledger_balances.credit_minor + excluded.credit_minor;
  return null;
end $$;
create trigger ledger_postings_balance after insert on ledger_postings
  referencing new table as added for each statement execute function add_to_ledger_balances();

-- Nothing is booked into a closed month, or into one before it. Whoever closes a month holds the same lock alone, so that no entry is on
-- its way into it.
create function refuse_closed_period() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('ledger:' || a.tenant_id, 0)) from (select distinct tenant_id from added) a;
  if exists (
    select 1 from (select distinct tenant_id, booked_on from added) a
    join accounting_periods c on c.tenant_id = a.tenant_id and c.state = 'closed' and c.month >= date_trunc('month', a.booked_on::timestamp)::date)
  then
    raise exception 'the accounting period is closed' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger ledger_entries_in_open_period after insert on ledger_entries
  referencing new table as added for each statement execute function refuse_closed_period();

-- The ledger is changed by nobody, the owner of its tables included.
create function refuse_ledger_change() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  raise exception '% never change', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger ledger_entries_never_change before update or delete on ledger_entries
  for each row execute function refuse_ledger_change();
create trigger ledger_entries_never_emptied before truncate on ledger_entries
  for each statement execute function refuse_ledger_change();
create trigger ledger_postings_never_change before update or delete on ledger_postings
  for each row execute function refuse_ledger_change();
create trigger ledger_postings_never_emptied before truncate on ledger_postings
  for each statement execute function refuse_ledger_change();

-- Balances of what was booked before.
insert into ledger_balances (tenant_id, ledger_account_id, account_id, currency, booked_on, shard, debit_minor, credit_minor)
select tenant_id, ledger_account_id, account_id, currency, booked_on, 0, sum(greatest(amount_minor, 0)), sum(greatest(-amount_minor, 0))
from ledger_postings group by 1, 2, 3, 4, 5;
alter table ledger_entries force row level security;
alter table ledger_postings force row level security;

-- Grants and policies: a buyer reads what concerns it, only the office books.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  foreach name in array array['ledger_balances', 'accounting_periods'] loop
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
  execute format('create policy tenant_isolation on accounting_periods to livery_app using (%s and %s)', own_tenant, office);
  drop policy tenant_isolation on ledger_entries;
  drop policy tenant_isolation on ledger_postings;
  foreach name in array array['ledger_entries', 'ledger_postings', 'ledger_balances'] loop
    execute format('create policy tenant_isolation on %I for select to livery_app using (%s and (%s or account_id = any (%s)))',
      name, own_tenant, office, own_accounts);
    execute format('create policy tenant_booking on %I for insert to livery_app with check (%s and %s)', name, own_tenant, office);
  end loop;
  execute format('create policy tenant_adding_up on ledger_balances for update to livery_app using (%s and %s)', own_tenant, office);
end $$;
grant update (debit_minor, credit_minor) on ledger_balances to livery_app;
grant update on accounting_periods to livery_app;
