-- How an account ends, and what its owner takes along.
create table account_closings (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  state text not null,
  reason text not null,
  asked_by text not null,
  asked_at timestamptz(3) not null,
  grace_ends_at timestamptz(3) not null,
  reminded_at timestamptz(3),
  reopened_at timestamptz(3),
  closed_at timestamptz(3),
  erase_on date,
  erased_at timestamptz(3),

  constraint account_closings_pkey primary key (tenant_id, id)
);

-- How long a closed account can be opened again, and how long the law keeps who was billed: one row, or the usual.
create table closing_settings (
  tenant_id uuid not null,
  grace_days integer not null,
  retention_days integer not null,
  changed_at timestamptz(3) not null,

  constraint closing_settings_pkey primary key (tenant_id)
);

create table data_exports (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  user_id uuid not null,
  state text not null,
  file_key text,
  sha256 text,
  size_bytes bigint,
  requested_at timestamptz(3) not null,
  finished_at timestamptz(3),
  expires_at timestamptz(3),

  constraint data_exports_pkey primary key (tenant_id, id)
);

create index account_closings_tenant_id_account_id_idx on account_closings(tenant_id, account_id);
create index account_closings_tenant_id_state_grace_ends_at_idx on account_closings(tenant_id, state, grace_ends_at);
create unique index account_closings_open_key on account_closings(tenant_id, account_id) where state = 'open';
create index data_exports_tenant_id_account_id_idx on data_exports(tenant_id, account_id);
create index data_exports_tenant_id_user_id_idx on data_exports(tenant_id, user_id);

alter table account_closings add constraint account_closings_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table closing_settings add constraint closing_settings_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table data_exports add constraint data_exports_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table data_exports add constraint data_exports_tenant_id_user_id_fkey foreign key (tenant_id, user_id) references users(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table account_closings
  add constraint account_closings_state_check check (state in ('open', 'reopened', 'closed')),
  add constraint account_closings_reason_check check (length(reason) <= 500),
  add constraint account_closings_ended_check check ((state = 'reopened') = (reopened_at is not null) and (state = 'closed') = (closed_at is not null)),
  add constraint account_closings_erased_check check (erased_at is null or erase_on is not null);
alter table closing_settings
  add constraint closing_settings_grace_check check (grace_days between 1 and 180),
  add constraint closing_settings_retention_check check (retention_days between 1 and 11000);
alter table data_exports
  add constraint data_exports_state_check check (state in ('requested', 'done', 'failed')),
  add constraint data_exports_done_check check ((state = 'done') = (file_key is not null and sha256 is not null and size_bytes is not null and expires_at is not null));

do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  panel constant text := '((select current_setting(''app.scope'', true)) = ''panel'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  foreach name in array array['closing_settings', 'data_exports'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
  end loop;
  execute format('create policy tenant_isolation on account_closings to livery_app using (%s and (%s or %s and account_id = any (%s)))',
    own_tenant, office, panel, own_accounts);
  foreach name in array array['account_closings', 'closing_settings', 'data_exports'] loop
    execute format('grant select, insert, update on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;

alter table account_holds drop constraint account_holds_source_check;
alter table account_holds add constraint account_holds_source_check check (source in ('dunning', 'credit', 'budget', 'dispute', 'staff', 'closing'));
