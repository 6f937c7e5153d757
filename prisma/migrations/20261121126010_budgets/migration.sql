-- What buyers want to spend at most, how they stand, what they were told, and whom what is told.
create table budgets (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  -- The budget it is a share of, of the account above.
  parent_id uuid,
  name text not null,
  -- `month`: anew in each calendar month of the seller's zone; `total`: from a day on, to the end of another where there is one.
  period text not null,
  starts_on date,
  ends_on date,
  currency char(3) not null,
  -- Net.
  amount_minor bigint not null,
  thresholds integer[] not null,
  tells_forecast boolean not null,
  -- Whether shares may add up to more than it.
  allows_over boolean not null,
  hard_stop text not null,
  state text not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,

  constraint budgets_pkey primary key (tenant_id, id)
);

-- How a budget stood when charges were last looked at.
create table budget_standings (
  tenant_id uuid not null,
  budget_id uuid not null,
  account_id uuid not null,
  period_start timestamptz(3) not null,
  spent_minor bigint not null,
  forecast_minor bigint,
  refreshed_at timestamptz(3) not null,

  constraint budget_standings_pkey primary key (tenant_id, budget_id)
);

-- Steps that were told: each once in a period for one amount.
create table budget_alerts (
  tenant_id uuid not null,
  id uuid not null,
  budget_id uuid not null,
  account_id uuid not null,
  period_start timestamptz(3) not null,
  amount_minor bigint not null,
  step text not null,
  spent_minor bigint not null,
  forecast_minor bigint,
  at timestamptz(3) not null,

  constraint budget_alerts_pkey primary key (tenant_id, id)
);

-- Whom an account's events reach, and by which ways; without a row the usual ways.
create table notification_choices (
  tenant_id uuid not null,
  account_id uuid not null,
  topic text not null,
  mails text[] not null,
  is_shown boolean not null,
  is_posted boolean not null,
  changed_by text not null,
  changed_at timestamptz(3) not null,

  constraint notification_choices_pkey primary key (tenant_id, account_id, topic)
);

-- What an account is told: in its panel, and by mail to the addresses it chose.
create table notices (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  topic text not null,
  code text not null,
  facts jsonb not null,
  source_key text not null,
  mails text[] not null,
  is_shown boolean not null,
  mailed_at timestamptz(3),
  at timestamptz(3) not null,

  constraint notices_pkey primary key (tenant_id, id)
);

create index budgets_tenant_id_account_id_idx on budgets(tenant_id, account_id);
create index budgets_tenant_id_parent_id_idx on budgets(tenant_id, parent_id);
create index budget_standings_tenant_id_account_id_idx on budget_standings(tenant_id, account_id);
create unique index budget_alerts_step_key on budget_alerts(tenant_id, budget_id, period_start, amount_minor, step);
create index budget_alerts_tenant_id_account_id_at_idx on budget_alerts(tenant_id, account_id, at);
create unique index notices_tenant_id_source_key_key on notices(tenant_id, source_key);
create index notices_tenant_id_account_id_at_idx on notices(tenant_id, account_id, at);

alter table budgets add constraint budgets_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table budgets add constraint budgets_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table budgets add constraint budgets_tenant_id_parent_id_fkey foreign key (tenant_id, parent_id) references budgets(tenant_id, id) on delete restrict on update no action;
alter table budget_standings add constraint budget_standings_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table budget_standings add constraint budget_standings_tenant_id_budget_id_fkey foreign key (tenant_id, budget_id) references budgets(tenant_id, id) on delete restrict on update no action;
alter table budget_standings add constraint budget_standings_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table budget_alerts add constraint budget_alerts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table budget_alerts add constraint budget_alerts_tenant_id_budget_id_fkey foreign key (tenant_id, budget_id) references budgets(tenant_id, id) on delete restrict on update no action;
alter table budget_alerts add constraint budget_alerts_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table notification_choices add constraint notification_choices_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table notification_choices add constraint notification_choices_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table notices add constraint notices_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table notices add constraint notices_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;

alter table budgets
  add constraint budgets_period_check check (period in ('month', 'total')),
  add constraint budgets_days_check check ((period = 'total') = (starts_on is not null) and (ends_on is null or ends_on >= starts_on)),
  add constraint budgets_amount_check check (amount_minor > 0),
  add constraint budgets_thresholds_check check (thresholds <@ array[50, 80, 100]),
  add constraint budgets_hard_stop_check check (hard_stop in ('none', 'block-orders', 'suspend-services')),
  add constraint budgets_parent_check check (parent_id <> id),
  add constraint budgets_state_check check (state in ('active', 'ended'));
alter table budget_alerts
  add constraint budget_alerts_step_check check (step in ('50', '80', '100', 'forecast'));
alter table notification_choices
  add constraint notification_choices_topic_check check (topic in ('spend', 'account', 'payment'));
alter table notices
  add constraint notices_topic_check check (topic in ('spend', 'account', 'payment'));

-- A buyer keeps its own budgets and choices; standings, alerts and notices are written by the office's jobs only.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  panel constant text := '((select current_setting(''app.scope'', true)) = ''panel'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  foreach name in array array['budgets', 'notification_choices'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and (%s or %s and account_id = any (%s)))',
      name, own_tenant, office, panel, own_accounts);
  end loop;
  foreach name in array array['budget_standings', 'budget_alerts', 'notices'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
    execute format('create policy tenant_reading on %I for select to livery_app using (%s and %s and account_id = any (%s))',
      name, own_tenant, panel, own_accounts);
  end loop;
  foreach name in array array['budgets', 'budget_standings', 'budget_alerts', 'notification_choices', 'notices'] loop
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
grant update (name, amount_minor, thresholds, tells_forecast, allows_over, hard_stop, state, changed_at) on budgets to livery_app;
grant update on budget_standings to livery_app;
grant update on notification_choices to livery_app;
grant update (mailed_at) on notices to livery_app;
