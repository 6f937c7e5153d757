-- Statements that leave by mail: what was asked for, for whom, and whether the transport took it. The statement itself is read from the books.
create table statement_mails (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  currency char(3) not null,
  period_start date not null,
  period_end date not null,
  recipient text not null,
  recipient_name text not null,
  language text,
  message_key text not null,
  message_id text,
  requested_by text,
  created_at timestamptz(3) not null,
  accepted_at timestamptz(3),

  constraint statement_mails_pkey primary key (tenant_id, id)
);

create unique index statement_mails_tenant_id_message_key_key on statement_mails(tenant_id, message_key);
create index statement_mails_tenant_id_account_id_created_at_idx on statement_mails(tenant_id, account_id, created_at);

alter table statement_mails add constraint statement_mails_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table statement_mails add constraint statement_mails_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table statement_mails
  add constraint statement_mails_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint statement_mails_days_check check (period_start < period_end);

do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  grant select, insert on statement_mails to livery_app;
  grant update (message_id, accepted_at) on statement_mails to livery_app;
  grant select on statement_mails to livery_backup;
  alter table statement_mails enable row level security;
  alter table statement_mails force row level security;
  execute format('create policy tenant_isolation on statement_mails to livery_app using (%s and (%s or account_id = any (%s)))',
    own_tenant, office, own_accounts);
end $$;
