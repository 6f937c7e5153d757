-- Background work: events, runs and memoised steps in schema `jobs`, the queue of calls in schema `pgboss`.
-- Both belong to livery_jobs and stand outside the Prisma schema: only app/jobs/runtime reads and writes them.
-- Times are the worker's clock, passed as parameters; no SQL clock decides anything here.

create schema jobs authorization livery_jobs;
create schema pgboss authorization livery_jobs;

set role livery_jobs;

-- What happened, once per id. `id` is the outbox id, or `run:step:index` for an event sent by a step.
create table jobs.events (
  id text not null,
  seq bigint generated always as identity,
  name text not null,
  data jsonb not null,
  tenant_id uuid,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  processed_at timestamptz,
  constraint events_pkey primary key (id)
);
create index events_unprocessed_idx on jobs.events (seq) where processed_at is null;
create index events_received_at_idx on jobs.events (received_at);

-- One execution of a function for one event. A failed run stays: it is the dead letter.
create table jobs.runs (
  id uuid not null,
  function_id text not null,
  state text not null,
  tenant_id uuid,
  event_id text not null,
  event jsonb not null,
  parent_run_id uuid,
  parent_step_id text,
  concurrency_keys text[] not null default '{}',
  concurrency_limits integer[] not null default '{}',
  attempts integer not null default 0,
  output json,
  error json,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  constraint runs_pkey primary key (id),
  constraint runs_function_event_key unique (function_id, event_id),
  constraint runs_state_check check (state in ('running', 'completed', 'failed', 'cancelled')),
  constraint runs_parent_check check ((parent_run_id is null) = (parent_step_id is null)),
  constraint runs_concurrency_check check (cardinality(concurrency_keys) = cardinality(concurrency_limits))
);
create index runs_created_at_idx on jobs.runs (created_at desc, id desc);
create index runs_tenant_idx on jobs.runs (tenant_id, created_at desc, id desc);
create index runs_running_idx on jobs.runs (function_id) where state = 'running';
create index runs_finished_at_idx on jobs.runs (finished_at) where state in ('completed', 'cancelled');

-- Memoised outcomes: the first one written wins, the order of completion is `position`.
create table jobs.steps (
  run_id uuid not null,
  id text not null,
  name text not null,
  op text not null,
  position bigint generated always as identity,
  data json,
  error json,
  finished_at timestamptz not null,
  constraint steps_pkey primary key (run_id, id),
  constraint steps_run_fkey foreign key (run_id) references jobs.runs (id) on delete cascade,
  constraint steps_outcome_check check (data is null or error is null)
);

-- Steps that end without a call: a sleep, an awaited event, an invoked run.
create table jobs.waits (
  run_id uuid not null,
  step_id text not null,
  name text not null,
  kind text not null,
  is_race boolean not null,
  due_at timestamptz,
  event_name text,
  condition text,
  match_path text[],
  match_value jsonb,
  constraint waits_pkey primary key (run_id, step_id),
  constraint waits_run_fkey foreign key (run_id) references jobs.runs (id) on delete cascade,
  constraint waits_kind_check check (kind in ('sleep', 'event', 'invoke')),
  constraint waits_event_check check ((kind = 'event') = (event_name is not null))
);
create index waits_due_at_idx on jobs.waits (due_at);
create index waits_event_name_idx on jobs.waits (event_name) where event_name is not null;

-- Calls to make: one per run and step at a time (`step` means: run the function until it finds a step).
create table jobs.calls (
  run_id uuid not null,
  step_id text not null,
  name text not null,
  state text not null,
  is_race boolean not null,
  is_again boolean not null default false,
  attempt integer not null default 0,
  takeovers integer not null default 0,
  due_at timestamptz not null,
  lease_id uuid,
  lease_until timestamptz,
  worker text,
  constraint calls_pkey primary key (run_id, step_id),
  constraint calls_run_fkey foreign key (run_id) references jobs.runs (id) on delete cascade,
  constraint calls_state_check check (state in ('delayed', 'queued', 'blocked', 'leased')),
  constraint calls_lease_check check ((state = 'leased') = (lease_id is not null and lease_until is not null and worker is not null))
);
create index calls_delayed_idx on jobs.calls (due_at) where state = 'delayed';
create index calls_blocked_idx on jobs.calls (due_at) where state = 'blocked';
create index calls_leased_idx on jobs.calls (lease_until) where state = 'leased';
create unique index calls_lease_id_idx on jobs.calls (lease_id) where lease_id is not null;

-- The next tick of each schedule; the row is locked while it fires, so a tick fires once for all workers.
create table jobs.crons (
  function_id text not null,
  expression text not null,
  next_at timestamptz not null,
  constraint crons_pkey primary key (function_id, expression)
);

-- Idempotency keys of functions that ask for them, kept for 24 hours as Inngest does.
create table jobs.idempotency_keys (
  function_id text not null,
  key text not null,
  run_id uuid not null,
  expires_at timestamptz not null,
  constraint idempotency_keys_pkey primary key (function_id, key)
);

-- The switch that suspends all batch work.
create table jobs.settings (
  id boolean not null default true,
  is_paused boolean not null default false,
  changed_at timestamptz,
  constraint settings_pkey primary key (id),
  constraint settings_single_row_check check (id)
);
insert into jobs.settings default values;

grant usage on schema jobs to livery_system;
grant select on jobs.events, jobs.runs, jobs.steps, jobs.waits, jobs.calls, jobs.crons, jobs.settings to livery_system;
grant update (is_paused, changed_at) on jobs.settings to livery_system;

-- The schema of pg-boss 10.4 (its version 24), as its own `getConstructionPlans` writes it. It is created here and not
-- by the library, because livery_jobs may not create schemas in the database.
create type pgboss.job_state as enum ('created', 'retry', 'active', 'completed', 'cancelled', 'failed');

create table pgboss.version (
  version int,
  maintained_on timestamptz,
  cron_on timestamptz,
  monitored_on timestamptz,
  constraint version_pkey primary key (version)
);

create table pgboss.queue (
  name text,
  policy text,
  retry_limit int,
  retry_delay int,
  retry_backoff bool,
  expire_seconds int,
  retention_minutes int,
  dead_letter text,
  partition_name text,
  created_on timestamptz not null default now(),
  updated_on timestamptz not null default now(),
  constraint queue_pkey primary key (name),
  constraint queue_dead_letter_fkey foreign key (dead_letter) references pgboss.queue (name)
);

create table pgboss.schedule (
  name text,
  cron text not null,
  timezone text,
  data jsonb,
  options jsonb,
  created_on timestamptz not null default now(),
  updated_on timestamptz not null default now(),
  constraint schedule_pkey primary key (name),
  constraint schedule_name_fkey foreign key (name) references pgboss.queue (name) on delete cascade
);

create table pgboss.subscription (
  event text not null,
  name text not null,
  created_on timestamptz not null default now(),
  updated_on timestamptz not null default now(),
  constraint subscription_pkey primary key (event, name),
  constraint subscription_name_fkey foreign key (name) references pgboss.queue (name) on delete cascade
);

create table pgboss.job (
  id uuid not null default gen_random_uuid(),
  name text not null,
  priority integer not null default 0,
  data jsonb,
  state pgboss.job_state not null default 'created',
  retry_limit integer not null default 2,
  retry_count integer not null default 0,
  retry_delay integer not null default 0,
  retry_backoff boolean not null default false,
  start_after timestamptz not null default now(),
  started_on timestamptz,
  singleton_key text,
  singleton_on timestamp,
  expire_in interval not null default interval '15 minutes',
  created_on timestamptz not null default now(),
  completed_on timestamptz,
  keep_until timestamptz not null default now() + interval '14 days',
  output jsonb,
  dead_letter text,
  policy text,
  constraint job_pkey primary key (name, id)
) partition by list (name);

create table pgboss.archive (
  like pgboss.job,
  constraint archive_pkey primary key (name, id)
);
alter table pgboss.archive add archived_on timestamptz not null default now();
create index archive_i1 on pgboss.archive (archived_on);

create function pgboss.create_queue(queue_name text, options json) returns void
language plpgsql
as $$
declare
  table_name varchar := 'j' || encode(sha224(queue_name::bytea), 'hex');
  queue_created_on timestamptz;
begin
  with q as (
    insert into pgboss.queue (
      name, policy, retry_limit, retry_delay, retry_backoff, expire_seconds, retention_minutes, dead_letter, partition_name
    )
    values (
      queue_name,
      options->>'policy',
      (options->>'retryLimit')::int,
      (options->>'retryDelay')::int,
      (options->>'retryBackoff')::bool,
      (options->>'expireInSeconds')::int,
      (options->>'retentionMinutes')::int,
      options->>'deadLetter',
      table_name
    )
    on conflict do nothing
    returning created_on
  )
  select created_on into queue_created_on from q;

  if queue_created_on is null then
    return;
  end if;

  execute format('create table pgboss.%I (like pgboss.job including defaults)', table_name);
  execute format('alter table pgboss.%1$I add primary key (name, id)', table_name);
  execute format('alter table pgboss.%1$I add constraint q_fkey foreign key (name) references pgboss.queue (name) on delete restrict deferrable initially deferred', table_name);
  execute format('alter table pgboss.%1$I add constraint dlq_fkey foreign key (dead_letter) references pgboss.queue (name) on delete restrict deferrable initially deferred', table_name);
  execute format('create unique index %1$s_i1 on pgboss.%1$I (name, coalesce(singleton_key, '''')) where state = ''created'' and policy = ''short''', table_name);
  execute format('create unique index %1$s_i2 on pgboss.%1$I (name, coalesce(singleton_key, '''')) where state = ''active'' and policy = ''singleton''', table_name);
  execute format('create unique index %1$s_i3 on pgboss.%1$I (name, state, coalesce(singleton_key, '''')) where state <= ''active'' and policy = ''stately''', table_name);
  execute format('create unique index %1$s_i4 on pgboss.%1$I (name, singleton_on, coalesce(singleton_key, '''')) where state <> ''cancelled'' and singleton_on is not null', table_name);
  execute format('create index %1$s_i5 on pgboss.%1$I (name, start_after) include (priority, created_on, id) where state < ''active''', table_name);
  execute format('alter table pgboss.%I add constraint cjc check (name=%L)', table_name, queue_name);
  execute format('alter table pgboss.job attach partition pgboss.%I for values in (%L)', table_name, queue_name);
end;
$$;

create function pgboss.delete_queue(queue_name text) returns void
language plpgsql
as $$
declare
  table_name varchar;
begin
  with deleted as (
    delete from pgboss.queue where name = queue_name returning partition_name
  )
  select partition_name from deleted into table_name;

  execute format('drop table if exists pgboss.%I', table_name);
end;
$$;

insert into pgboss.version (version) values (24);
select pgboss.create_queue('livery-calls', '{"policy":"standard"}');

reset role;
