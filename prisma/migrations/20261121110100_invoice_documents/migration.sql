-- Documents beside the invoice: what they refer to, their numbers, what was credited, and drafts made by hand.
alter table invoices
  add column refers_to_id uuid,
  add column reason text,
  add column line_count integer;
update invoices i set line_count = (select count(*) from invoice_lines l where l.tenant_id = i.tenant_id and l.invoice_id = i.id);
alter table invoices alter column line_count set not null;

alter table invoice_lines add column credits_line_id uuid;

alter table invoice_states
  add column total_minor bigint,
  add column credited_minor bigint not null default 0,
  add column applied_minor bigint not null default 0,
  add column period_key text;
update invoice_states s set total_minor = i.total_minor,
  period_key = case when i.billing_run_id is not null then i.contract_id || ':' || i.period_start end
from invoices i where i.tenant_id = s.tenant_id and i.id = s.invoice_id;
alter table invoice_states alter column total_minor set not null;

alter table number_series add column last_issue_date date;
update number_series n set last_issue_date = (
  select max(i.issue_date) from invoices i where i.tenant_id = n.tenant_id and i.document_type = n.document_type and i.year = n.year);

create table number_formats (
  tenant_id uuid not null,
  id uuid not null,
  document_type text not null,
  format text not null,
  created_at timestamptz(3) not null,

  constraint number_formats_pkey primary key (tenant_id, id)
);

create table document_drafts (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  contract_id uuid not null,
  document_type text not null,
  refers_to_id uuid,
  state text not null,
  version integer not null,
  content jsonb not null,
  invoice_id uuid,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,

  constraint document_drafts_pkey primary key (tenant_id, id)
);

create index number_formats_tenant_id_document_type_created_at_idx on number_formats(tenant_id, document_type, created_at);
create index document_drafts_tenant_id_state_changed_at_idx on document_drafts(tenant_id, state, changed_at);
create index document_drafts_tenant_id_account_id_idx on document_drafts(tenant_id, account_id);
create index document_drafts_tenant_id_contract_id_idx on document_drafts(tenant_id, contract_id);
create index document_drafts_tenant_id_refers_to_id_idx on document_drafts(tenant_id, refers_to_id);
create index document_drafts_tenant_id_invoice_id_idx on document_drafts(tenant_id, invoice_id);
drop index invoices_tenant_id_contract_id_document_type_period_start_key;
create unique index invoices_tenant_id_number_key on invoices(tenant_id, number);
create index invoices_tenant_id_contract_id_period_start_idx on invoices(tenant_id, contract_id, period_start);
create index invoices_tenant_id_issue_date_id_idx on invoices(tenant_id, issue_date, id);
create index invoices_tenant_id_refers_to_id_idx on invoices(tenant_id, refers_to_id);
create index invoice_lines_tenant_id_credits_line_id_idx on invoice_lines(tenant_id, credits_line_id);
create unique index invoice_states_tenant_id_period_key_key on invoice_states(tenant_id, period_key);

alter table invoices add constraint invoices_tenant_id_refers_to_id_fkey foreign key (tenant_id, refers_to_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table invoice_lines add constraint invoice_lines_tenant_id_credits_line_id_fkey foreign key (tenant_id, credits_line_id) references invoice_lines(tenant_id, id) on delete restrict on update no action;
alter table number_formats add constraint number_formats_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table document_drafts add constraint document_drafts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table document_drafts add constraint document_drafts_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table document_drafts add constraint document_drafts_tenant_id_contract_id_fkey foreign key (tenant_id, contract_id) references contracts(tenant_id, id) on delete restrict on update no action;
alter table document_drafts add constraint document_drafts_tenant_id_refers_to_id_fkey foreign key (tenant_id, refers_to_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table document_drafts add constraint document_drafts_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table invoices drop constraint invoices_document_type_check;
alter table invoices
  add constraint invoices_document_type_check
    check (document_type in ('invoice', 'credit-note', 'debit-note', 'pro-forma', 'prepayment-receipt', 'self-billed')),
  add constraint invoices_refers_to_check check ((document_type in ('credit-note', 'debit-note')) = (refers_to_id is not null)),
  add constraint invoices_line_count_check check (line_count >= 0);
alter table invoice_lines drop constraint invoice_lines_kind_check;
alter table invoice_lines add constraint invoice_lines_kind_check
  check (kind in ('setup', 'recurring', 'renewal', 'cancellation', 'usage', 'correction', 'discount', 'item', 'credit'));
-- `issued` stands for documents that ask for no payment; overdue is a matter of the date and is not stored.
update invoice_states set status = case when paid_minor > 0 then 'partly-paid' else 'open' end where status = 'overdue';
alter table invoice_states drop constraint invoice_states_status_check;
alter table invoice_states
  add constraint invoice_states_status_check check (status in ('open', 'partly-paid', 'paid', 'void', 'uncollectible', 'issued')),
  add constraint invoice_states_credited_within_total check (credited_minor between 0 and total_minor),
  add constraint invoice_states_applied_check check (applied_minor between 0 and credited_minor),
  add constraint invoice_states_paid_check check (paid_minor between 0 and total_minor);
alter table document_drafts
  add constraint document_drafts_document_type_check check (document_type in ('invoice', 'debit-note', 'pro-forma')),
  add constraint document_drafts_state_check check (state in ('open', 'issued', 'discarded')),
  add constraint document_drafts_invoice_check check ((state = 'issued') = (invoice_id is not null));

-- A finalised document is changed by nobody: no update, no delete, and no line that comes later.
create function refuse_document_change() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  raise exception '% of a finalised document never change', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger invoices_never_change before update or delete on invoices
  for each row execute function refuse_document_change();
create trigger invoice_lines_never_change before update or delete on invoice_lines
  for each row execute function refuse_document_change();
create trigger invoice_taxes_never_change before update or delete on invoice_taxes
  for each row execute function refuse_document_change();

-- The head says how many lines there are and what they come to; at the end of its transaction that is true.
create function check_document_whole() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  if (select (count(*), coalesce(sum(l.net_minor), 0)) is distinct from (new.line_count::bigint, new.net_minor::numeric)
      from invoice_lines l where l.tenant_id = new.tenant_id and l.invoice_id = new.id)
    or (select (coalesce(sum(t.base_minor), 0), coalesce(sum(t.tax_minor), 0)) is distinct from (new.net_minor::numeric, new.tax_minor::numeric)
      from invoice_taxes t where t.tenant_id = new.tenant_id and t.invoice_id = new.id)
  then
    raise exception 'document % is not the sum of its lines and taxes', new.number using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger invoices_whole after insert on invoices
  deferrable initially deferred for each row execute function check_document_whole();

create function refuse_late_lines() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  if exists (
    select 1 from (select distinct tenant_id, invoice_id from added) a
    -- Lateral with a limit: the planner would look at every document of the seller for each of those added.
    cross join lateral (select i.line_count from invoices i where i.tenant_id = a.tenant_id and i.id = a.invoice_id limit 1) i
    where (select count(*) from invoice_lines l where l.tenant_id = a.tenant_id and l.invoice_id = a.invoice_id) > i.line_count)
  then
    raise exception 'a finalised document gets no more lines' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger invoice_lines_come_at_once after insert on invoice_lines
  referencing new table as added for each statement execute function refuse_late_lines();

create function refuse_late_taxes() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  if exists (
    select 1 from (select distinct tenant_id, invoice_id from added) a
    cross join lateral (select i.net_minor, i.tax_minor from invoices i where i.tenant_id = a.tenant_id and i.id = a.invoice_id limit 1) i
    where (select (sum(t.base_minor), sum(t.tax_minor)) is distinct from (i.net_minor::numeric, i.tax_minor::numeric)
      from invoice_taxes t where t.tenant_id = a.tenant_id and t.invoice_id = a.invoice_id))
  then
    raise exception 'a finalised document gets no more taxes' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger invoice_taxes_come_at_once after insert on invoice_taxes
  referencing new table as added for each statement execute function refuse_late_taxes();

-- Grants and policies of the new tables.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
begin
  foreach name in array array['number_formats', 'document_drafts'] loop
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
  end loop;
end $$;
grant update on document_drafts to livery_app;
