-- What customers ask their seller and are answered, with the files that come along.
create table ticket_counters (
  tenant_id uuid not null,
  last_number integer not null,

  constraint ticket_counters_pkey primary key (tenant_id)
);

create table tickets (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  -- The seller's own count.
  number integer not null,
  -- Sealed.
  subject text not null,
  origin text not null,
  state text not null,
  resource_id uuid,
  invoice_id uuid,
  order_id uuid,
  opened_by text not null,
  opened_at timestamptz(3) not null,
  -- Since when the customer waits for the seller; null while it does not.
  waiting_since timestamptz(3),
  changed_at timestamptz(3) not null,
  closed_at timestamptz(3),

  constraint tickets_pkey primary key (tenant_id, id)
);

create table ticket_messages (
  tenant_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  account_id uuid not null,
  -- As the ticket has it, so that a policy needs no other table.
  resource_id uuid,
  author text not null,
  author_id text not null,
  author_name text not null,
  is_internal boolean not null,
  -- Sealed.
  body text not null,
  at timestamptz(3) not null,

  constraint ticket_messages_pkey primary key (tenant_id, id)
);

create table ticket_files (
  tenant_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  message_id uuid not null,
  account_id uuid not null,
  resource_id uuid,
  is_internal boolean not null,
  position integer not null,
  name text not null,
  kind text not null,
  size_bytes integer not null,
  content bytea not null,
  at timestamptz(3) not null,

  constraint ticket_files_pkey primary key (tenant_id, id)
);

create unique index tickets_tenant_id_number_key on tickets(tenant_id, number);
create index tickets_tenant_id_state_waiting_since_idx on tickets(tenant_id, state, waiting_since);
create index tickets_tenant_id_account_id_changed_at_idx on tickets(tenant_id, account_id, changed_at);
create index tickets_tenant_id_resource_id_idx on tickets(tenant_id, resource_id);
create index tickets_tenant_id_invoice_id_idx on tickets(tenant_id, invoice_id);
create index tickets_tenant_id_order_id_idx on tickets(tenant_id, order_id);
create index ticket_messages_tenant_id_ticket_id_at_idx on ticket_messages(tenant_id, ticket_id, at);
create index ticket_messages_tenant_id_account_id_idx on ticket_messages(tenant_id, account_id);
create index ticket_files_tenant_id_ticket_id_idx on ticket_files(tenant_id, ticket_id);
create index ticket_files_tenant_id_message_id_idx on ticket_files(tenant_id, message_id);
create index ticket_files_tenant_id_account_id_idx on ticket_files(tenant_id, account_id);

alter table ticket_counters add constraint ticket_counters_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table tickets add constraint tickets_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table tickets add constraint tickets_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table tickets add constraint tickets_tenant_id_resource_id_fkey foreign key (tenant_id, resource_id) references resources(tenant_id, id) on delete restrict on update no action;
alter table tickets add constraint tickets_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table tickets add constraint tickets_tenant_id_order_id_fkey foreign key (tenant_id, order_id) references orders(tenant_id, id) on delete restrict on update no action;
alter table ticket_messages add constraint ticket_messages_tenant_id_ticket_id_fkey foreign key (tenant_id, ticket_id) references tickets(tenant_id, id) on delete restrict on update no action;
alter table ticket_messages add constraint ticket_messages_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table ticket_files add constraint ticket_files_tenant_id_ticket_id_fkey foreign key (tenant_id, ticket_id) references tickets(tenant_id, id) on delete restrict on update no action;
alter table ticket_files add constraint ticket_files_tenant_id_message_id_fkey foreign key (tenant_id, message_id) references ticket_messages(tenant_id, id) on delete restrict on update no action;
alter table ticket_files add constraint ticket_files_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table tickets
  add constraint tickets_origin_check check (origin in ('customer', 'staff', 'order-failed')),
  add constraint tickets_state_check check (state in ('open', 'answered', 'closed')),
  add constraint tickets_waiting_check check ((state = 'open') = (waiting_since is not null)),
  add constraint tickets_closed_check check ((state = 'closed') = (closed_at is not null)),
  add constraint tickets_link_check check (num_nonnulls(resource_id, invoice_id, order_id) <= 1);
alter table ticket_messages
  add constraint ticket_messages_author_check check (author in ('customer', 'staff', 'system')),
  add constraint ticket_messages_internal_check check (not is_internal or author = 'staff');
alter table ticket_files
  add constraint ticket_files_kind_check check (kind in ('png', 'jpeg', 'webp', 'pdf', 'text')),
  add constraint ticket_files_content_check check (size_bytes = length(content) and size_bytes between 1 and 10485760);
-- An order that fails opens one ticket, however often it is given up.
create unique index tickets_failed_order_key on tickets(tenant_id, order_id) where origin = 'order-failed';

-- Staff see all of their house; customers theirs, and never a note among staff. Who is limited to projects sees what is about their servers.
do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  panel constant text := '((select current_setting(''app.scope'', true)) = ''panel'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
  open_scope constant text := '((select coalesce(current_setting(''app.scope'', true), '''')) <> ''panel'')';
  unlimited constant text := '((select coalesce(current_setting(''app.project_ids'', true), '''')) = '''')';
  resources constant text := '(select nullif(current_setting(''app.resource_ids'', true), ''''))::uuid[]';
  shown record;
begin
  -- It names no account: a panel reaches it that has one here.
  execute format('create policy tenant_isolation on ticket_counters to livery_app using (%s and (%s or %s and (select exists (select from accounts))))',
    own_tenant, office, panel);
  for shown in select * from (values ('tickets', ''), ('ticket_messages', ' and not is_internal'), ('ticket_files', ' and not is_internal'))
    as s (table_name, and_shown)
  loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and (%s or %s and account_id = any (%s)%s))',
      shown.table_name, own_tenant, office, panel, own_accounts, shown.and_shown);
    execute format('create policy project_sharing on %I as restrictive for all to livery_app using (%s and (%s or %s or resource_id = any (%s)))',
      shown.table_name, own_tenant, open_scope, unlimited, resources);
  end loop;
end $$;
grant select, insert, update on ticket_counters to livery_app;
grant select, insert, delete on tickets, ticket_messages, ticket_files to livery_app;
grant update (subject, state, resource_id, invoice_id, order_id, waiting_since, changed_at, closed_at) on tickets to livery_app;
grant update (resource_id, author_name, body) on ticket_messages to livery_app;
grant update (resource_id) on ticket_files to livery_app;
grant select on ticket_counters, tickets, ticket_messages, ticket_files to livery_backup;
alter table ticket_counters enable row level security;
alter table ticket_counters force row level security;
alter table tickets enable row level security;
alter table tickets force row level security;
alter table ticket_messages enable row level security;
alter table ticket_messages force row level security;
alter table ticket_files enable row level security;
alter table ticket_files force row level security;
