-- Isolation: grants, forced row-level security, and the triggers that keep the books. See docs/decisions and
-- tests/isolation/catalog.test.ts, which fails the build when a table falls short.

-- Grants. The runtime role reads and adds; what may change or go is listed. No TRUNCATE, REFERENCES, TRIGGER.
grant usage on schema public to livery_app, livery_system, livery_jobs, livery_backup;

do $$
declare
  name text;
begin
  for name in
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  loop
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;

grant update on
  tenants, store_domains, accounts, contracts, security_profiles, users, memberships, sessions, one_time_tokens, products, orders,
  order_steps, subscriptions, resources, cloud_connections, cloud_mappings, usage_batches, usage_quarantine, usage_counters,
  billing_runs, invoice_drafts, number_series, invoice_states, deliveries
  to livery_app;
-- A version is closed when its successor begins; nothing else about it changes.
grant update (valid_to) on price_versions to livery_app;
-- A charge learns which invoice took it; its figures stay.
grant update (invoice_id, invoice_line_id) on charges to livery_app;
grant delete on sessions, one_time_tokens, memberships, cloud_mappings, invoice_drafts to livery_app;

-- Policies. Each compares columns of the row itself with settings of the transaction; see reliability rules D4, D5, D12.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  signing_in constant text := '((select current_setting(''app.scope'', true)) = ''auth'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  -- What belongs to a buyer: its seller's office, and the panel of whoever holds the account.
  foreach name in array array[
    'contracts', 'orders', 'order_steps', 'subscriptions', 'resources', 'resource_events', 'usage_records', 'charges', 'invoices', 'invoice_lines',
    'invoice_taxes', 'invoice_states', 'documents', 'deliveries', 'ledger_entries', 'ledger_postings']
  loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and (%s or account_id = any (%s)))',
      name, own_tenant, office, own_accounts);
  end loop;
  execute format('create policy tenant_isolation on accounts to livery_app using (%s and (%s or id = any (%s)))', own_tenant, office, own_accounts);

  -- What the seller keeps to itself.
  foreach name in array array[
    'cloud_connections', 'cloud_mappings', 'usage_batches', 'raw_usage', 'usage_quarantine', 'usage_counters', 'billing_runs',
    'invoice_drafts', 'number_series', 'ledger_accounts']
  loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
  end loop;

  -- People and their sign-ins: the office, and app/auth in a scope of its own.
  foreach name in array array['users', 'sessions', 'one_time_tokens', 'memberships', 'security_profiles']
  loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and (%s or %s))', name, own_tenant, office, signing_in);
  end loop;

  -- What every visitor of the store may read; only the office writes.
  foreach name in array array['tenants', 'store_domains']
  loop
    execute format('create policy tenant_reading on %I for select to livery_app using (%s)', name, own_tenant);
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
  end loop;
  execute format('create policy tenant_reading on products for select to livery_app using (%s and status = ''published'')', own_tenant);
  execute format('create policy tenant_isolation on products to livery_app using (%s and %s)', own_tenant, office);
  foreach name in array array['price_books', 'price_versions', 'price_rules']
  loop
    execute format('create policy tenant_reading on %I for select to livery_app using (%s and is_public)', name, own_tenant);
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
  end loop;

  -- Traces and leaving events: anyone acting in the tenant adds, only the office reads back.
  foreach name in array array['audit_entries', 'outbox']
  loop
    execute format('create policy tenant_adding on %I for insert to livery_app with check (%s)', name, own_tenant);
    execute format('create policy tenant_isolation on %I for select to livery_app using (%s and %s)', name, own_tenant, office);
  end loop;
end $$;

-- The few cross-tenant reads: which tenant a host names, which clouds and sellers a schedule must visit.
grant select on tenants, store_domains to livery_system;
grant select (tenant_id, id, adapter, last_synced_at) on cloud_connections to livery_system;
create policy system_reading on tenants for select to livery_system using (true);
create policy system_reading on store_domains for select to livery_system using (true);
create policy system_reading on cloud_connections for select to livery_system using (true);

-- The relay of the outbox hands events on and marks them.
grant select on outbox to livery_jobs;
grant update (sent_at) on outbox to livery_jobs;
create policy relay_reading on outbox for select to livery_jobs using (true);
create policy relay_marking on outbox for update to livery_jobs using (true);

-- Raw usage is partitioned by month. The runtime role cannot create tables, so it asks this function, which gives the
-- partition the same forced policy as its parent and no grants.
create function ensure_raw_usage_partition(month date) returns void
  language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
  first_day constant date := date_trunc('month', month)::date;
  partition constant text := format('raw_usage_%s', to_char(first_day, 'YYYY_MM'));
begin
  if first_day < date '2000-01-01' or first_day > date '2099-12-01' then
    raise exception 'no partition for %', first_day using errcode = 'invalid_parameter_value';
  end if;
  if to_regclass(format('public.%I', partition)) is not null then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtext('ensure_raw_usage_partition'));
  if to_regclass(format('public.%I', partition)) is not null then
    return;
  end if;
  execute format('create table public.%I partition of public.raw_usage for values from (%L) to (%L)', partition,
    to_char(first_day, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(first_day + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
  execute format('alter table public.%I enable row level security', partition);
  execute format('alter table public.%I force row level security', partition);
  execute format('create policy tenant_isolation on public.%I to livery_app using '
    '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid) '
    'and (select current_setting(''app.scope'', true)) = ''office'')', partition);
end $$;
revoke all on function ensure_raw_usage_partition(date) from public;
grant execute on function ensure_raw_usage_partition(date) to livery_app;

-- Money moves only in balanced entries: at commit each entry sums to zero per currency and has at least two sides.
create function check_ledger_entry_balance() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
declare
  entry uuid := case when tg_table_name = 'ledger_entries' then new.id else (to_jsonb(new) ->> 'entry_id')::uuid end;
begin
  if (select count(*) < 2 from ledger_postings p where p.tenant_id = new.tenant_id and p.entry_id = entry)
    or exists (
      select 1 from ledger_postings p where p.tenant_id = new.tenant_id and p.entry_id = entry
      group by p.currency having sum(p.amount_minor) <> 0)
  then
    raise exception 'ledger entry % is not balanced', entry using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger ledger_entries_balanced after insert on ledger_entries
  deferrable initially deferred for each row execute function check_ledger_entry_balance();
create constraint trigger ledger_postings_balanced after insert on ledger_postings
  deferrable initially deferred for each row execute function check_ledger_entry_balance();
