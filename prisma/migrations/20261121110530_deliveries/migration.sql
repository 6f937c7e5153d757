-- Who gets an account's documents and how, what became of each mail, and events told to endpoints of sellers and buyers.
create table delivery_preferences (
  tenant_id uuid not null,
  account_id uuid not null,
  manner text not null,
  has_xml boolean not null,
  changed_at timestamptz(3) not null,

  constraint delivery_preferences_pkey primary key (tenant_id, account_id),
  constraint delivery_preferences_manner_check check (manner in ('attached', 'linked'))
);

create table delivery_recipients (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  name text not null,
  email text not null,
  language text,
  documents text[] not null,
  created_at timestamptz(3) not null,

  constraint delivery_recipients_pkey primary key (tenant_id, id),
  constraint delivery_recipients_documents_check
    check (cardinality(documents) > 0 and documents <@ array['invoice', 'credit-note', 'statement']),
  constraint delivery_recipients_email_check check (email = lower(email))
);

create table bounced_addresses (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  address text not null,
  status_code text not null,
  reason text not null,
  bounced_at timestamptz(3) not null,
  confirmed_at timestamptz(3),
  confirmed_by text,

  constraint bounced_addresses_pkey primary key (tenant_id, id),
  constraint bounced_addresses_confirmed_check check ((confirmed_at is null) = (confirmed_by is null))
);

alter table deliveries
  add column recipient_name text,
  add column language text,
  add column manner text not null default 'attached',
  add column has_xml boolean not null default false,
  add column status_code text,
  add column reason text,
  add column bounced_at timestamptz(3),
  add column requested_by text,
  -- What is kept of the secret in a mailed link.
  add column link_hash text,
  add column link_expires_at timestamptz(3),
  drop constraint deliveries_state_check,
  add constraint deliveries_state_check check (state in ('sending', 'accepted', 'bounced', 'withheld')),
  add constraint deliveries_manner_check check (manner in ('attached', 'linked')),
  add constraint deliveries_link_check check ((link_hash is null) = (link_expires_at is null));

create table webhook_endpoints (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid,
  url text not null,
  event_types text[] not null,
  state text not null,
  secret_ciphertext bytea not null,
  secret_key_id text not null,
  previous_secret_ciphertext bytea,
  previous_secret_until timestamptz(3),
  failing_since timestamptz(3),
  created_by text not null,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,

  constraint webhook_endpoints_pkey primary key (tenant_id, id),
  constraint webhook_endpoints_state_check check (state in ('active', 'paused', 'removed')),
  constraint webhook_endpoints_previous_secret_check check ((previous_secret_ciphertext is null) = (previous_secret_until is null))
);

create table webhook_deliveries (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid,
  endpoint_id uuid not null,
  source_key text not null,
  event_type text not null,
  body text not null,
  state text not null,
  round int not null,
  attempts int not null,
  first_attempt_at timestamptz(3),
  next_attempt_at timestamptz(3),
  finished_at timestamptz(3),
  created_at timestamptz(3) not null,

  constraint webhook_deliveries_pkey primary key (tenant_id, id),
  constraint webhook_deliveries_state_check check (state in ('waiting', 'delivered', 'failed'))
);

create table webhook_attempts (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid,
  delivery_id uuid not null,
  number int not null,
  at timestamptz(3) not null,
  duration_ms int not null,
  status int,
  problem text,
  answer text not null,

  constraint webhook_attempts_pkey primary key (tenant_id, id)
);

create unique index delivery_recipients_tenant_id_account_id_email_key on delivery_recipients(tenant_id, account_id, email);
create unique index bounced_addresses_tenant_id_account_id_address_key on bounced_addresses(tenant_id, account_id, address);
create index deliveries_tenant_id_created_at_id_idx on deliveries(tenant_id, created_at, id);
create index deliveries_tenant_id_message_id_idx on deliveries(tenant_id, message_id);
create unique index deliveries_tenant_id_link_hash_key on deliveries(tenant_id, link_hash);
create index webhook_endpoints_tenant_id_account_id_idx on webhook_endpoints(tenant_id, account_id);
create unique index webhook_deliveries_tenant_id_endpoint_id_source_key_key on webhook_deliveries(tenant_id, endpoint_id, source_key);
create index webhook_deliveries_tenant_id_endpoint_id_created_at_id_idx on webhook_deliveries(tenant_id, endpoint_id, created_at, id);
create index webhook_deliveries_tenant_id_account_id_idx on webhook_deliveries(tenant_id, account_id);
create index webhook_attempts_tenant_id_delivery_id_at_idx on webhook_attempts(tenant_id, delivery_id, at);
create index webhook_attempts_tenant_id_account_id_idx on webhook_attempts(tenant_id, account_id);

do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  foreach name in array array[
    'delivery_preferences', 'delivery_recipients', 'bounced_addresses', 'webhook_endpoints', 'webhook_deliveries', 'webhook_attempts'] loop
    execute format('alter table %I add constraint %I foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action',
      name, name || '_tenant_id_fkey');
    execute format('alter table %I add constraint %I foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action',
      name, name || '_tenant_id_account_id_fkey');
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I to livery_app using (%s and (%s or account_id = any (%s)))',
      name, own_tenant, office, own_accounts);
  end loop;
end $$;
alter table webhook_deliveries add constraint webhook_deliveries_tenant_id_endpoint_id_fkey foreign key (tenant_id, endpoint_id)
  references webhook_endpoints(tenant_id, id) on delete restrict on update no action;
alter table webhook_attempts add constraint webhook_attempts_tenant_id_delivery_id_fkey foreign key (tenant_id, delivery_id)
  references webhook_deliveries(tenant_id, id) on delete restrict on update no action;
grant update on delivery_preferences, bounced_addresses, webhook_endpoints, webhook_deliveries to livery_app;
grant update, delete on delivery_recipients to livery_app;
