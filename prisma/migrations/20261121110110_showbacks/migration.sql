-- What each user of a consolidated document used: the document is built from these lines, and leaving one out is refused here.
create table showbacks (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  payer_account_id uuid not null,
  invoice_id uuid not null,
  document_type text not null,
  name text not null,
  issue_date date not null,
  period_start date not null,
  period_end date not null,
  currency char(3) not null,
  net_minor bigint not null,
  created_at timestamptz(3) not null,

  constraint showbacks_pkey primary key (tenant_id, id)
);

create table showback_lines (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  showback_id uuid not null,
  invoice_line_id uuid not null,
  position integer not null,
  kind text not null,
  description jsonb not null,
  quantity numeric(38, 12) not null,
  unit text not null,
  included_quantity numeric(38, 12) not null,
  billed_quantity numeric(38, 12) not null,
  unit_price numeric(38, 12) not null,
  currency char(3) not null,
  net_minor bigint not null,
  period_start timestamptz(3) not null,
  period_end timestamptz(3) not null,

  constraint showback_lines_pkey primary key (tenant_id, id)
);

create unique index invoice_lines_tenant_id_id_section_account_id_net_minor_key on invoice_lines(tenant_id, id, section_account_id, net_minor);
create unique index showbacks_tenant_id_invoice_id_account_id_key on showbacks(tenant_id, invoice_id, account_id);
create index showbacks_tenant_id_account_id_issue_date_idx on showbacks(tenant_id, account_id, issue_date);
create index showbacks_tenant_id_payer_account_id_idx on showbacks(tenant_id, payer_account_id);
create unique index showback_lines_tenant_id_invoice_line_id_key on showback_lines(tenant_id, invoice_line_id);
create unique index showback_lines_tenant_id_showback_id_position_key on showback_lines(tenant_id, showback_id, position);
create index showback_lines_tenant_id_account_id_idx on showback_lines(tenant_id, account_id);

alter table showbacks add constraint showbacks_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table showbacks add constraint showbacks_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table showbacks add constraint showbacks_tenant_id_payer_account_id_fkey foreign key (tenant_id, payer_account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table showback_lines add constraint showback_lines_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table showback_lines add constraint showback_lines_tenant_id_showback_id_fkey foreign key (tenant_id, showback_id) references showbacks(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for. The lines of the users come first and name the lines that the document must have, with the same user
-- and amount: one that is missing at the end of the transaction breaks this key.
alter table showbacks add constraint showbacks_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id)
  references invoices(tenant_id, id) on delete restrict on update no action deferrable initially deferred;
alter table showback_lines add constraint showback_lines_are_on_the_document
  foreign key (tenant_id, invoice_line_id, account_id, net_minor)
  references invoice_lines(tenant_id, id, section_account_id, net_minor) on delete restrict on update no action deferrable initially deferred;

create trigger showbacks_never_change before update or delete on showbacks
  for each row execute function refuse_document_change();
create trigger showback_lines_never_change before update or delete on showback_lines
  for each row execute function refuse_document_change();

do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  foreach name in array array['showbacks', 'showback_lines'] loop
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I to livery_app using (%s and (%s or account_id = any (%s)))',
      name, own_tenant, office, own_accounts);
  end loop;
end $$;
