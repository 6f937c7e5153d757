-- Charges come and go by the thousand and belong to few contracts: they are added up first, by the month that decides how they are owed, and
-- only the sums are looked at. Positions are found by arrays of ids: of a join the planner may try every pair.
create or replace function add_charges_to_credit() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  perform 1 from credit_positions p
  where p.tenant_id = any (array(select distinct tenant_id from added)) and p.contract_id = any (array(select distinct contract_id from added))
  order by p.id for no key update;
  with charged as (
    select tenant_id, contract_id, account_id, billing_period, sum(amount) as net from added where invoice_id is null group by 1, 2, 3, 4
  ), moved as (
    select p.tenant_id, p.id, sum(a.net) as net from charged a
    join credit_positions p on p.tenant_id = a.tenant_id and p.contract_id = a.contract_id and (p.is_whole or p.account_id = a.account_id)
    where not exists (select 1 from settlement_terms n where n.tenant_id = a.tenant_id and n.contract_id = a.contract_id
      and n.state = 'agreed' and n.model <> 'invoiced' and n.valid_from <= a.billing_period and (n.valid_to is null or n.valid_to > a.billing_period))
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

create or replace function move_charges_of_credit() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  perform 1 from credit_positions p
  where p.tenant_id = any (array(select distinct tenant_id from after_change)) and p.contract_id = any (array(select distinct contract_id from after_change))
  order by p.id for no key update;
  with turned as (
    select tenant_id, contract_id, account_id, billing_period, sum(net) as net from (
      select tenant_id, contract_id, account_id, billing_period, amount as net from after_change where invoice_id is null
      union all
      select tenant_id, contract_id, account_id, billing_period, -amount from before_change where invoice_id is null) c
    group by 1, 2, 3, 4 having sum(net) <> 0
  ), moved as (
    select p.tenant_id, p.id, sum(t.net) as net from turned t
    join credit_positions p on p.tenant_id = t.tenant_id and p.contract_id = t.contract_id and (p.is_whole or p.account_id = t.account_id)
    where not exists (select 1 from settlement_terms n where n.tenant_id = t.tenant_id and n.contract_id = t.contract_id
      and n.state = 'agreed' and n.model <> 'invoiced' and n.valid_from <= t.billing_period and (n.valid_to is null or n.valid_to > t.billing_period))
    group by 1, 2
  )
  update credit_positions p set rated_net = p.rated_net + m.net from moved m where p.tenant_id = m.tenant_id and p.id = m.id;
  return null;
end $$;

create or replace function add_postings_to_credit() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  perform 1 from credit_positions p
  where p.is_whole and p.tenant_id = any (array(select distinct tenant_id from added))
    and p.account_id = any (array(select distinct account_id from added where account_id is not null))
  order by p.id for no key update;
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

-- Where a contract stands changes with every charge and posting: a page keeps room for it, so that no index is written.
alter table credit_positions set (fillfactor = 60);

-- What is owed now, without the documents of all the years before.
create index invoice_states_open_idx on invoice_states (tenant_id, account_id) where status in ('open', 'partly-paid');
