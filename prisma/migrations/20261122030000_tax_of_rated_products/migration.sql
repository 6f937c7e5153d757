-- Rated charges of products with another rate than the ordinary one count with their own tax until they are invoiced.
alter table credit_positions
  -- By product, in percent: its own rate less the ordinary one. Null where everything has the ordinary rate.
  add column other_rates jsonb,
  -- What the tax of rated charges is more than at the ordinary rate, in major units, exact.
  add column rated_tax numeric(65, 30) not null default 0;
alter table credit_positions
  add constraint credit_positions_other_rates_check check (other_rates <> '{}'),
  add constraint credit_positions_rated_tax_check check (other_rates is not null or rated_tax = 0);

-- Hardly any seller has such products: whoever has none pays for one look into an empty index.
create index credit_positions_other_rates_idx on credit_positions (tenant_id, contract_id) where other_rates is not null;

create function add_other_tax_of_credit() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  if not exists (select 1 from credit_positions p where p.other_rates is not null) then
    return null;
  end if;
  update credit_positions p set rated_tax = p.rated_tax + m.tax
  from (
    select q.tenant_id, q.id, sum(a.amount * (q.other_rates ->> a.product_id::text)::numeric * 0.01) as tax
    from added a
    join credit_positions q on q.tenant_id = a.tenant_id and q.contract_id = a.contract_id and (q.is_whole or q.account_id = a.account_id)
      and q.other_rates is not null
    where a.invoice_id is null and q.other_rates ? a.product_id::text
      and not exists (select 1 from settlement_terms n where n.tenant_id = a.tenant_id and n.contract_id = a.contract_id
        and n.state = 'agreed' and n.model <> 'invoiced' and n.valid_from <= a.billing_period and (n.valid_to is null or n.valid_to > a.billing_period))
    group by 1, 2) m
  where p.tenant_id = m.tenant_id and p.id = m.id;
  return null;
end $$;
-- The name puts it after the trigger that holds the positions in order.
create trigger charges_use_other_tax after insert on charges
  referencing new table as added for each statement execute function add_other_tax_of_credit();

create function move_other_tax_of_credit() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  if not exists (select 1 from credit_positions p where p.other_rates is not null) then
    return null;
  end if;
  update credit_positions p set rated_tax = p.rated_tax + m.tax
  from (
    select q.tenant_id, q.id, sum(t.net * (q.other_rates ->> t.product_id::text)::numeric * 0.01) as tax
    from (
      select tenant_id, contract_id, account_id, product_id, billing_period, amount as net from after_change where invoice_id is null
      union all
      select tenant_id, contract_id, account_id, product_id, billing_period, -amount from before_change where invoice_id is null) t
    join credit_positions q on q.tenant_id = t.tenant_id and q.contract_id = t.contract_id and (q.is_whole or q.account_id = t.account_id)
      and q.other_rates is not null
    where q.other_rates ? t.product_id::text
      and not exists (select 1 from settlement_terms n where n.tenant_id = t.tenant_id and n.contract_id = t.contract_id
        and n.state = 'agreed' and n.model <> 'invoiced' and n.valid_from <= t.billing_period and (n.valid_to is null or n.valid_to > t.billing_period))
    group by 1, 2) m
  where p.tenant_id = m.tenant_id and p.id = m.id;
  return null;
end $$;
create trigger charges_leave_other_tax after update on charges
  referencing old table as before_change new table as after_change for each statement execute function move_other_tax_of_credit();

-- The same from the rows it is the sum of.
create function other_tax_of(of_tenant uuid, of_position uuid) returns numeric
  language sql stable set search_path = pg_catalog, public
as $$
  select coalesce(sum(c.amount * (p.other_rates ->> c.product_id::text)::numeric * 0.01), 0)
  from credit_positions p
  join charges c on c.tenant_id = p.tenant_id and c.contract_id = p.contract_id and (p.is_whole or c.account_id = p.account_id)
    and c.invoice_id is null and p.other_rates ? c.product_id::text
  where p.tenant_id = of_tenant and p.id = of_position and p.other_rates is not null
    and not exists (select 1 from settlement_terms n where n.tenant_id = c.tenant_id and n.contract_id = c.contract_id
      and n.state = 'agreed' and n.model <> 'invoiced' and n.valid_from <= c.billing_period and (n.valid_to is null or n.valid_to > c.billing_period))
$$;

create or replace function recount_credit(of_tenant uuid, of_contract uuid) returns void
  language sql set search_path = pg_catalog, public
as $$
  update credit_positions p set open_minor = s.open_minor, rated_net = s.rated_net, reserved_minor = s.reserved_minor,
    prepaid_minor = s.prepaid_minor, unapplied_minor = s.unapplied_minor, collected_minor = s.collected_minor,
    rated_tax = other_tax_of(p.tenant_id, p.id)
  from credit_sources(of_tenant) s
  where p.tenant_id = of_tenant and p.contract_id = of_contract and s.position_id = p.id
$$;
