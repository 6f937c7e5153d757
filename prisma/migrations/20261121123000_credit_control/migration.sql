-- Credit control: where every contract stands, what is reserved, which limit holds from when on, and the steps that were crossed.

-- One row per contract, and one per department with a limit of its own. Whoever takes room updates it under a condition; whoever
-- rates, invoices or receives money keeps it current in the same statement.
create table credit_positions (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  contract_id uuid not null,
  account_id uuid not null,
  is_whole boolean not null,
  currency char(3) not null,
  minor_digits smallint not null,
  -- What holds without increases; `increases` are those that are approved and not over: `minor`, `from`, `until`.
  base_limit_minor bigint not null,
  increases jsonb not null default '[]',
  -- In percent: the tax that the next document will carry.
  tax_rate numeric(7, 4) not null default 0,
  open_minor bigint not null default 0,
  -- Net, in major units, unrounded.
  rated_net numeric(38, 12) not null default 0,
  reserved_minor bigint not null default 0,
  prepaid_minor bigint not null default 0,
  unapplied_minor bigint not null default 0,
  -- What the parent collected for a child, net of the financial charge.
  collected_minor bigint not null default 0,

  constraint credit_positions_pkey primary key (tenant_id, id)
);

create table credit_reservations (
  tenant_id uuid not null,
  id uuid not null,
  position_id uuid not null,
  contract_id uuid not null,
  account_id uuid not null,
  source_kind text not null,
  source_id uuid not null,
  -- Of a change: the subscription whose next fee it waits for.
  subscription_id uuid,
  amount_minor bigint not null,
  open_minor bigint not null,
  state text not null,
  expires_at timestamptz(3),
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,

  constraint credit_reservations_pkey primary key (tenant_id, id)
);

-- Every change of a limit is a row: a base from an instant on, or an increase `[valid_from, valid_until)`.
create table credit_limits (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  position_id uuid not null,
  account_id uuid not null,
  kind text not null,
  state text not null,
  amount_minor bigint not null,
  valid_from timestamptz(3) not null,
  valid_until timestamptz(3),
  reason text not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  decided_by text,
  decided_at timestamptz(3),

  constraint credit_limits_pkey primary key (tenant_id, id)
);

-- What a contract agreed otherwise than usual.
create table credit_thresholds (
  tenant_id uuid not null,
  contract_id uuid not null,
  warn_percents smallint[] not null,
  suspend_percent smallint not null,
  suspend_hours smallint not null,
  policy text not null,
  prepaid_days smallint not null,
  changed_by text not null,
  changed_at timestamptz(3) not null,

  constraint credit_thresholds_pkey primary key (tenant_id, contract_id)
);

create table credit_crossings (
  tenant_id uuid not null,
  id uuid not null,
  position_id uuid not null,
  account_id uuid not null,
  step text not null,
  exposure_minor bigint not null,
  limit_minor bigint not null,
  crossed_at timestamptz(3) not null,
  cleared_at timestamptz(3),

  constraint credit_crossings_pkey primary key (tenant_id, id)
);

create unique index credit_positions_place_key on credit_positions(tenant_id, contract_id, account_id);
create unique index credit_positions_account_key on credit_positions(tenant_id, account_id);
create unique index credit_reservations_source_key on credit_reservations(tenant_id, source_id, position_id);
create index credit_reservations_open_idx on credit_reservations(tenant_id, position_id) where open_minor > 0;
create index credit_reservations_held_idx on credit_reservations(tenant_id, expires_at) where state = 'held';
create index credit_reservations_subscription_idx on credit_reservations(tenant_id, subscription_id) where subscription_id is not null;
create index credit_reservations_position_idx on credit_reservations(tenant_id, position_id, created_at);
create index credit_reservations_tenant_id_contract_id_idx on credit_reservations(tenant_id, contract_id);
create index credit_reservations_tenant_id_account_id_idx on credit_reservations(tenant_id, account_id);
create index credit_limits_tenant_id_position_id_idx on credit_limits(tenant_id, position_id, valid_from);
create index credit_limits_tenant_id_account_id_idx on credit_limits(tenant_id, account_id);
create unique index credit_crossings_standing_key on credit_crossings(tenant_id, position_id, step) where cleared_at is null;
create index credit_crossings_tenant_id_position_id_idx on credit_crossings(tenant_id, position_id, crossed_at);
create index credit_crossings_tenant_id_account_id_idx on credit_crossings(tenant_id, account_id);

alter table credit_positions add constraint credit_positions_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table credit_positions add constraint credit_positions_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table credit_positions add constraint credit_positions_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table credit_reservations add constraint credit_reservations_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table credit_reservations add constraint credit_reservations_tenant_id_position_id_fkey foreign key (tenant_id, position_id) references credit_positions(tenant_id, id) on delete restrict on update no action;
alter table credit_reservations add constraint credit_reservations_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table credit_reservations add constraint credit_reservations_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table credit_limits add constraint credit_limits_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table credit_limits add constraint credit_limits_tenant_id_position_id_fkey foreign key (tenant_id, position_id) references credit_positions(tenant_id, id) on delete restrict on update no action;
alter table credit_limits add constraint credit_limits_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table credit_thresholds add constraint credit_thresholds_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table credit_thresholds add constraint credit_thresholds_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table credit_crossings add constraint credit_crossings_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table credit_crossings add constraint credit_crossings_tenant_id_position_id_fkey foreign key (tenant_id, position_id) references credit_positions(tenant_id, id) on delete restrict on update no action;
alter table credit_crossings add constraint credit_crossings_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table credit_positions
  add constraint credit_positions_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint credit_positions_limit_check check (base_limit_minor >= 0),
  add constraint credit_positions_reserved_check check (reserved_minor >= 0);
alter table credit_reservations
  add constraint credit_reservations_source_kind_check check (source_kind in ('order', 'change')),
  add constraint credit_reservations_state_check check (state in ('held', 'committed', 'consumed', 'released', 'expired')),
  add constraint credit_reservations_amount_check check (amount_minor > 0 and open_minor between 0 and amount_minor),
  add constraint credit_reservations_open_check check ((open_minor > 0) = (state in ('held', 'committed'))),
  add constraint credit_reservations_expires_check check ((state = 'held') <= (expires_at is not null));
alter table credit_limits
  add constraint credit_limits_kind_check check (kind in ('base', 'increase')),
  add constraint credit_limits_state_check check (state in ('waiting', 'agreed', 'refused')),
  add constraint credit_limits_amount_check check (amount_minor >= 0 and (kind = 'base' or amount_minor > 0)),
  add constraint credit_limits_validity_check check ((kind = 'increase') = (valid_until is not null) and (valid_until is null or valid_until > valid_from)),
  add constraint credit_limits_reason_check check (length(reason) between 1 and 500),
  add constraint credit_limits_decided_check check ((decided_by is null) = (decided_at is null));
alter table credit_thresholds
  add constraint credit_thresholds_policy_check check (policy in ('block-only', 'suspend-services')),
  add constraint credit_thresholds_numbers_check check (suspend_percent between 100 and 1000 and suspend_hours between 0 and 720 and prepaid_days between 0 and 90);
alter table credit_crossings
  add constraint credit_crossings_step_check check (step ~ '^(warn-[0-9]{1,3}|warn|block|over|suspend)$');

-- Decimals of the minor unit (ISO 4217).
create function minor_digits_of(of_currency char(3)) returns smallint
  language sql immutable set search_path = pg_catalog, public
as $$
  select case
    when of_currency in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') then 0
    when of_currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 3
    else 2 end::smallint
$$;

-- A contract has its position and its first limit from the first instant.
create function open_credit_positions() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  insert into credit_positions (tenant_id, contract_id, account_id, is_whole, currency, minor_digits, base_limit_minor)
  select tenant_id, id, account_id, true, currency, minor_digits_of(currency), credit_limit_minor from added order by tenant_id, id;
  insert into credit_limits (tenant_id, position_id, account_id, kind, state, amount_minor, valid_from, reason, created_by, created_at)
  select a.tenant_id, p.id, a.account_id, 'base', 'agreed', a.credit_limit_minor, least(a.created_at, a.starts_on), 'contract', 'livery', a.created_at
  from added a join credit_positions p on p.tenant_id = a.tenant_id and p.contract_id = a.id;
  return null;
end $$;
create trigger contracts_have_credit after insert on contracts
  referencing new table as added for each statement execute function open_credit_positions();

-- What of charges is owed by invoice and not invoiced yet, added to where their contracts stand. Fees that an order or a change waited
-- for shrink its reservation at the same moment, so that exposure does not jump: by what they come to, and wholly once a period is charged.
create function add_charges_to_credit() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  perform 1 from credit_positions p
  where (p.tenant_id, p.contract_id) in (select distinct tenant_id, contract_id from added) order by p.id for no key update;
  with owed as (
    select a.tenant_id, a.contract_id, a.account_id, sum(a.amount) as net from added a
    where a.invoice_id is null and not exists (select 1 from settlement_terms n where n.tenant_id = a.tenant_id and n.contract_id = a.contract_id
      and n.state = 'agreed' and n.model <> 'invoiced' and n.valid_from <= a.billing_period and (n.valid_to is null or n.valid_to > a.billing_period))
    group by 1, 2, 3
  ), moved as (
    select p.tenant_id, p.id, sum(o.net) as net from credit_positions p
    join owed o on o.tenant_id = p.tenant_id and o.contract_id = p.contract_id and (p.is_whole or p.account_id = o.account_id)
    group by 1, 2
  )
  update credit_positions p set rated_net = p.rated_net + m.net from moved m where p.tenant_id = m.tenant_id and p.id = m.id;

  if exists (select 1 from added where fee_kind <> 'usage' and subscription_id is not null) then
    with fees as (
      select tenant_id, subscription_id, sum(amount) as net, bool_or(fee_kind <> 'setup') as is_period from added
      where fee_kind <> 'usage' and subscription_id is not null group by 1, 2
    ), waiting as (
      select r.tenant_id, r.id, r.position_id, r.open_minor, f.is_period,
        round(f.net * (1 + p.tax_rate / 100) * 10::numeric ^ p.minor_digits) as charged
      from fees f
      join subscriptions s on s.tenant_id = f.tenant_id and s.id = f.subscription_id
      join credit_reservations r on r.tenant_id = f.tenant_id and r.open_minor > 0 and (r.source_id = s.order_id or r.subscription_id = s.id)
      join credit_positions p on p.tenant_id = r.tenant_id and p.id = r.position_id
      order by r.id for update of r
    ), shrunk as (
      update credit_reservations r set open_minor = n.left_minor, state = case when n.left_minor = 0 then 'consumed' else r.state end
      from (select *, case when is_period then 0 else greatest(0, open_minor - greatest(0, charged)) end as left_minor from waiting) n
      where r.tenant_id = n.tenant_id and r.id = n.id
      returning r.tenant_id, r.position_id, n.open_minor - n.left_minor as taken
    ), less as (select tenant_id, position_id, sum(taken) as taken from shrunk group by 1, 2)
    update credit_positions p set reserved_minor = p.reserved_minor - l.taken from less l where p.tenant_id = l.tenant_id and p.id = l.position_id;
  end if;
  return null;
end $$;
create trigger charges_use_credit after insert on charges
  referencing new table as added for each statement execute function add_charges_to_credit();

-- Charges that became part of a document, or are free again.
create function move_charges_of_credit() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  perform 1 from credit_positions p
  where (p.tenant_id, p.contract_id) in (select distinct tenant_id, contract_id from after_change) order by p.id for no key update;
  with turned as (
    select tenant_id, contract_id, account_id, billing_period, amount from after_change where invoice_id is null
    union all
    select tenant_id, contract_id, account_id, billing_period, -amount from before_change where invoice_id is null
  ), owed as (
    select t.tenant_id, t.contract_id, t.account_id, sum(t.amount) as net from turned t
    where not exists (select 1 from settlement_terms n where n.tenant_id = t.tenant_id and n.contract_id = t.contract_id
      and n.state = 'agreed' and n.model <> 'invoiced' and n.valid_from <= t.billing_period and (n.valid_to is null or n.valid_to > t.billing_period))
    group by 1, 2, 3 having sum(t.amount) <> 0
  ), moved as (
    select p.tenant_id, p.id, sum(o.net) as net from credit_positions p
    join owed o on o.tenant_id = p.tenant_id and o.contract_id = p.contract_id and (p.is_whole or p.account_id = o.account_id)
    group by 1, 2
  )
  update credit_positions p set rated_net = p.rated_net + m.net from moved m where p.tenant_id = m.tenant_id and p.id = m.id;
  return null;
end $$;
create trigger charges_leave_credit after update on charges
  referencing old table as before_change new table as after_change for each statement execute function move_charges_of_credit();

-- Debt and money of a buyer as they are booked. The name puts it before the balances: positions are held before balances everywhere.
create function add_postings_to_credit() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  perform 1 from credit_positions p where p.is_whole
    and (p.tenant_id, p.account_id) in (select distinct tenant_id, account_id from added where account_id is not null) order by p.id for no key update;
  update credit_positions p set open_minor = p.open_minor + m.open, prepaid_minor = p.prepaid_minor + m.prepaid,
    unapplied_minor = p.unapplied_minor + m.unapplied, collected_minor = p.collected_minor + m.collected
  from (
    select a.tenant_id, a.account_id, a.currency,
      coalesce(sum(a.amount_minor) filter (where l.code = 'receivable'), 0) as open,
      coalesce(-sum(a.amount_minor) filter (where l.code = 'prepaid-balance'), 0) as prepaid,
      coalesce(-sum(a.amount_minor) filter (where l.code = 'unapplied-cash'), 0) as unapplied,
      coalesce(-sum(a.amount_minor) filter (where l.code = 'payable-to-child'), 0) as collected
    from added a join ledger_accounts l on l.tenant_id = a.tenant_id and l.id = a.ledger_account_id
    where a.account_id is not null group by 1, 2, 3) m
  where p.tenant_id = m.tenant_id and p.account_id = m.account_id and p.currency = m.currency and p.is_whole;
  return null;
end $$;
create trigger credit_follows_ledger after insert on ledger_postings
  referencing new table as added for each statement execute function add_postings_to_credit();

-- What a department has on documents that are open: its sections, in the share that is still to pay.
create function department_debt(of_tenant uuid, of_position uuid) returns bigint
  language sql stable set search_path = pg_catalog, public
as $$
  select coalesce(sum(round(d.gross * (d.total_minor - d.paid_minor) / d.total_minor)), 0)::bigint
  from (
    select s.invoice_id, s.total_minor, s.paid_minor, sum(l.net_minor * (1 + l.tax_rate / 100)) as gross
    from credit_positions p
    join invoice_lines l on l.tenant_id = p.tenant_id and l.section_account_id = p.account_id
    join invoice_states s on s.tenant_id = l.tenant_id and s.invoice_id = l.invoice_id and s.status in ('open', 'partly-paid', 'overdue') and s.total_minor > 0
    where p.tenant_id = of_tenant and p.id = of_position and not p.is_whole and l.currency = p.currency
    group by 1, 2, 3) d
$$;

create function refresh_department_debt() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  update credit_positions p set open_minor = department_debt(p.tenant_id, p.id)
  from (
    select d.tenant_id, d.id from credit_positions d
    join contracts c on c.tenant_id = d.tenant_id and c.id = d.contract_id
    where not d.is_whole and (c.tenant_id, c.account_id) in (select distinct tenant_id, account_id from added)
    order by d.id for no key update of d) n
  where p.tenant_id = n.tenant_id and p.id = n.id;
  return null;
end $$;
create trigger departments_owe_lines after insert on invoice_lines
  referencing new table as added for each statement execute function refresh_department_debt();
create trigger departments_owe_less after update on invoice_states
  referencing new table as added for each statement execute function refresh_department_debt();

-- Every part of every position, from the rows it is the sum of.
create function credit_sources(of_tenant uuid)
  returns table (position_id uuid, open_minor bigint, rated_net numeric, reserved_minor bigint, prepaid_minor bigint, unapplied_minor bigint, collected_minor bigint)
  language sql stable set search_path = pg_catalog, public
as $$
  with owed as (
    select c.contract_id, c.account_id, sum(c.amount) as net from charges c
    where c.tenant_id = of_tenant and c.invoice_id is null
      and not exists (select 1 from settlement_terms n where n.tenant_id = c.tenant_id and n.contract_id = c.contract_id
        and n.state = 'agreed' and n.model <> 'invoiced' and n.valid_from <= c.billing_period and (n.valid_to is null or n.valid_to > c.billing_period))
    group by 1, 2
  ), booked as (
    select b.account_id, b.currency,
      sum(b.debit_minor - b.credit_minor) filter (where l.code = 'receivable') as open,
      sum(b.credit_minor - b.debit_minor) filter (where l.code = 'prepaid-balance') as prepaid,
      sum(b.credit_minor - b.debit_minor) filter (where l.code = 'unapplied-cash') as unapplied,
      sum(b.credit_minor - b.debit_minor) filter (where l.code = 'payable-to-child') as collected
    from ledger_balances b join ledger_accounts l on l.tenant_id = b.tenant_id and l.id = b.ledger_account_id
    where b.tenant_id = of_tenant and b.account_id is not null group by 1, 2
  )
  select p.id, case when p.is_whole then coalesce(b.open, 0) else department_debt(p.tenant_id, p.id) end::bigint,
    coalesce((select sum(o.net) from owed o where o.contract_id = p.contract_id and (p.is_whole or o.account_id = p.account_id)), 0),
    coalesce((select sum(r.open_minor) from credit_reservations r where r.tenant_id = p.tenant_id and r.position_id = p.id and r.open_minor > 0), 0)::bigint,
    coalesce(b.prepaid, 0)::bigint, coalesce(b.unapplied, 0)::bigint, coalesce(b.collected, 0)::bigint
  from credit_positions p
  left join booked b on p.is_whole and b.account_id = p.account_id and b.currency = p.currency
  where p.tenant_id = of_tenant
$$;

create function recount_credit(of_tenant uuid, of_contract uuid) returns void
  language sql set search_path = pg_catalog, public
as $$
  update credit_positions p set open_minor = s.open_minor, rated_net = s.rated_net, reserved_minor = s.reserved_minor,
    prepaid_minor = s.prepaid_minor, unapplied_minor = s.unapplied_minor, collected_minor = s.collected_minor
  from credit_sources(of_tenant) s
  where p.tenant_id = of_tenant and p.contract_id = of_contract and s.position_id = p.id
$$;

-- Terms decide which charges are owed by invoice: what stands is counted anew when they do.
create function recount_credit_of_terms() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  perform recount_credit(new.tenant_id, new.contract_id);
  return null;
end $$;
create trigger settlement_terms_recount_credit after update of state, valid_to on settlement_terms
  for each row when (new.state = 'agreed') execute function recount_credit_of_terms();

-- Grants and policies: a buyer reads where it stands, only the office writes.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  panel constant text := '((select current_setting(''app.scope'', true)) = ''panel'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  foreach name in array array['credit_positions', 'credit_reservations', 'credit_limits', 'credit_thresholds', 'credit_crossings'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
  end loop;
  foreach name in array array['credit_positions', 'credit_reservations'] loop
    execute format('create policy tenant_reading on %I for select to livery_app using (%s and account_id = any (%s) and %s)',
      name, own_tenant, own_accounts, panel);
  end loop;
end $$;
grant update on credit_positions, credit_reservations, credit_thresholds to livery_app;
grant update (state, decided_by, decided_at) on credit_limits to livery_app;
grant update (cleared_at) on credit_crossings to livery_app;

-- Contracts that stand already; the owner of a forced table sees no row without this.
alter table contracts no force row level security;
alter table charges no force row level security;
alter table settlement_terms no force row level security;
alter table ledger_accounts no force row level security;
alter table ledger_balances no force row level security;
alter table invoice_lines no force row level security;
alter table invoice_states no force row level security;
insert into credit_positions (tenant_id, contract_id, account_id, is_whole, currency, minor_digits, base_limit_minor)
select tenant_id, id, account_id, true, currency, minor_digits_of(currency), credit_limit_minor from contracts;
insert into credit_limits (tenant_id, position_id, account_id, kind, state, amount_minor, valid_from, reason, created_by, created_at)
select c.tenant_id, p.id, c.account_id, 'base', 'agreed', c.credit_limit_minor, least(c.created_at, c.starts_on), 'contract', 'livery', c.created_at
from contracts c join credit_positions p on p.tenant_id = c.tenant_id and p.contract_id = c.id;
update credit_positions p set open_minor = s.open_minor, rated_net = s.rated_net, prepaid_minor = s.prepaid_minor,
  unapplied_minor = s.unapplied_minor, collected_minor = s.collected_minor
from (select t.tenant_id from (select distinct tenant_id from contracts) t) t cross join lateral credit_sources(t.tenant_id) s
where p.tenant_id = t.tenant_id and p.id = s.position_id;
-- What is deferred until commit would stand in the way of the changes below.
set constraints all immediate;
alter table contracts force row level security;
alter table charges force row level security;
alter table settlement_terms force row level security;
alter table ledger_accounts force row level security;
alter table ledger_balances force row level security;
alter table invoice_lines force row level security;
alter table invoice_states force row level security;

do $$
declare
  name text;
begin
  foreach name in array array['credit_positions', 'credit_reservations', 'credit_limits', 'credit_thresholds', 'credit_crossings'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
