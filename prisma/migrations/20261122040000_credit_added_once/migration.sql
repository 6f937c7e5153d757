-- Sums of what was added are made once: a planner that expects one row, as it does of a table it has no figures of yet, would make them anew for
-- every pair it compares.
create or replace function add_charges_to_credit() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  perform 1 from credit_positions p
  where p.tenant_id = any (array(select distinct tenant_id from added)) and p.contract_id = any (array(select distinct contract_id from added))
  order by p.id for no key update;
  with charged as materialized (
    select tenant_id, contract_id, account_id, billing_period, sum(amount) as net from added where invoice_id is null group by 1, 2, 3, 4
  ), moved as materialized (
    select p.tenant_id, p.id, sum(a.net) as net from charged a
    join credit_positions p on p.tenant_id = a.tenant_id and p.contract_id = a.contract_id and (p.is_whole or p.account_id = a.account_id)
    where not exists (select 1 from settlement_terms n where n.tenant_id = a.tenant_id and n.contract_id = a.contract_id
      and n.state = 'agreed' and n.model <> 'invoiced' and n.valid_from <= a.billing_period and (n.valid_to is null or n.valid_to > a.billing_period))
    group by 1, 2
  )
  update credit_positions p set rated_net = p.rated_net + m.net from moved m where p.tenant_id = m.tenant_id and p.id = m.id;

  if exists (select 1 from added where fee_kind <> 'usage' and subscription_id is not null) then
    with fees as materialized (
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
  with turned as materialized (
    select tenant_id, contract_id, account_id, billing_period, sum(net) as net from (
      select tenant_id, contract_id, account_id, billing_period, amount as net from after_change where invoice_id is null
      union all
      select tenant_id, contract_id, account_id, billing_period, -amount from before_change where invoice_id is null) c
    group by 1, 2, 3, 4 having sum(net) <> 0
  ), moved as materialized (
    select p.tenant_id, p.id, sum(t.net) as net from turned t
    join credit_positions p on p.tenant_id = t.tenant_id and p.contract_id = t.contract_id and (p.is_whole or p.account_id = t.account_id)
    where not exists (select 1 from settlement_terms n where n.tenant_id = t.tenant_id and n.contract_id = t.contract_id
      and n.state = 'agreed' and n.model <> 'invoiced' and n.valid_from <= t.billing_period and (n.valid_to is null or n.valid_to > t.billing_period))
    group by 1, 2
  )
  update credit_positions p set rated_net = p.rated_net + m.net from moved m where p.tenant_id = m.tenant_id and p.id = m.id;
  return null;
end $$;
