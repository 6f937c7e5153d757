-- What each department used has its part of the document's tax: with the payer's own they come to its total.
alter table showbacks add column tax_minor bigint not null default 0;

-- Of those that are there, each part is rounded by itself.
alter table showbacks no force row level security;
alter table showback_lines no force row level security;
alter table invoice_lines no force row level security;
update showbacks s set tax_minor = t.tax
from (
  select sl.tenant_id, sl.showback_id, round(sum(sl.net_minor * il.tax_rate / 100))::bigint as tax
  from showback_lines sl
  join invoice_lines il on il.tenant_id = sl.tenant_id and il.id = sl.invoice_line_id
  group by sl.tenant_id, sl.showback_id
) t
where t.tenant_id = s.tenant_id and t.showback_id = s.id;
alter table invoice_lines force row level security;
alter table showback_lines force row level security;
alter table showbacks force row level security;

alter table showbacks alter column tax_minor drop default;
