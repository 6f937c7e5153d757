-- What is open of dunning's own fees stands in exposure, but holds nobody back: it is kept beside the parts.
alter table credit_positions add column dunning_minor bigint not null default 0;

create function dunning_open(status text, total_minor bigint, paid_minor bigint) returns bigint
  language sql immutable set search_path = pg_catalog, public
as $$ select case when status in ('open', 'partly-paid', 'overdue') then total_minor - paid_minor else 0 end $$;

-- A fee that is paid, written off or taken back.
create function move_dunning_of_credit() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  update credit_positions p set dunning_minor = p.dunning_minor + m.moved
  from (
    select n.tenant_id, n.account_id, i.currency,
      sum(dunning_open(n.status, n.total_minor, n.paid_minor) - dunning_open(o.status, o.total_minor, o.paid_minor)) as moved
    from after_change n
    join before_change o on o.tenant_id = n.tenant_id and o.invoice_id = n.invoice_id
    join invoices i on i.tenant_id = n.tenant_id and i.id = n.invoice_id
    where exists (select from dunning_letters l where l.tenant_id = n.tenant_id and l.fee_document_id = n.invoice_id)
    group by 1, 2, 3) m
  where p.tenant_id = m.tenant_id and p.account_id = m.account_id and p.currency = m.currency and p.is_whole and m.moved <> 0;
  return null;
end $$;
create trigger dunning_fees_leave_credit after update on invoice_states
  referencing old table as before_change new table as after_change for each statement execute function move_dunning_of_credit();

-- The document of a letter's fee is known once it is issued.
create function add_dunning_to_credit() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  update credit_positions p set dunning_minor = p.dunning_minor + dunning_open(s.status, s.total_minor, s.paid_minor)
  from invoice_states s join invoices i on i.tenant_id = s.tenant_id and i.id = s.invoice_id
  where s.tenant_id = new.tenant_id and s.invoice_id = new.fee_document_id
    and p.tenant_id = s.tenant_id and p.account_id = s.account_id and p.currency = i.currency and p.is_whole;
  return null;
end $$;
create trigger dunning_fees_join_credit after update of fee_document_id on dunning_letters
  for each row when (old.fee_document_id is null and new.fee_document_id is not null) execute function add_dunning_to_credit();

-- What stands of such fees already.
alter table dunning_letters no force row level security;
alter table invoice_states no force row level security;
alter table invoices no force row level security;
alter table credit_positions no force row level security;
update credit_positions p set dunning_minor = d.open
from (
  select s.tenant_id, s.account_id, i.currency, sum(dunning_open(s.status, s.total_minor, s.paid_minor)) as open
  from dunning_letters l
  join invoice_states s on s.tenant_id = l.tenant_id and s.invoice_id = l.fee_document_id
  join invoices i on i.tenant_id = s.tenant_id and i.id = s.invoice_id group by 1, 2, 3) d
where p.tenant_id = d.tenant_id and p.account_id = d.account_id and p.currency = d.currency and p.is_whole;
alter table dunning_letters force row level security;
alter table invoice_states force row level security;
alter table invoices force row level security;
alter table credit_positions force row level security;
