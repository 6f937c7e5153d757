-- Contracts say how often they are invoiced; a run keeps what it found remarkable and who let it go on.
alter table contracts
  add column cycle_unit text not null default 'month',
  add column cycle_count int not null default 1,
  -- The day of the month on which a cycle begins; without one cycles follow the calendar.
  add column cycle_day int,
  add constraint contracts_cycle_check check (
    cycle_unit in ('day', 'week', 'month', 'year') and cycle_count between 1 and 120 and (cycle_day is null or cycle_day between 1 and 31));

alter table billing_runs
  add column held_reasons text[] not null default '{}',
  add column approved_by text,
  add column approved_at timestamptz(3),
  add column locked_at timestamptz(3),
  add column locked_by text,
  drop constraint billing_runs_state_check,
  add constraint billing_runs_state_check
    check (state in ('requested', 'drafted', 'held', 'finalising', 'paused', 'finished')),
  -- Who asked for a run above the limit is not who lets it go on.
  add constraint billing_runs_second_person_check
    check (approved_by is null or approved_by <> requested_by or not 'above-limit' = any (held_reasons));

alter table invoice_drafts
  add column period_start date,
  add column period_end date,
  add column previous_invoice_id uuid,
  add column previous_total_minor bigint,
  add column flags text[] not null default '{}';
alter table invoice_drafts no force row level security;
update invoice_drafts d set period_start = r.period_start, period_end = r.period_end
from billing_runs r where r.tenant_id = d.tenant_id and r.id = d.billing_run_id;
alter table invoice_drafts force row level security;
alter table invoice_drafts
  alter column period_start set not null,
  alter column period_end set not null,
  add constraint invoice_drafts_period_check check (period_end > period_start),
  add constraint invoice_drafts_tenant_id_previous_invoice_id_fkey foreign key (tenant_id, previous_invoice_id)
    references invoices (tenant_id, id) on delete restrict on update no action;
create index invoice_drafts_tenant_id_previous_invoice_id_idx on invoice_drafts (tenant_id, previous_invoice_id);

-- How carefully a seller's runs go on by themselves: one row, or the usual.
create table billing_settings (
  tenant_id uuid not null,
  approval_above jsonb not null,
  changed_percent int not null,
  wild_percent int not null,
  wild_share_percent int not null,
  changed_at timestamptz(3) not null,
  constraint billing_settings_pkey primary key (tenant_id),
  constraint billing_settings_tenant_id_fkey foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action,
  constraint billing_settings_percent_check
    check (changed_percent between 1 and 1000 and wild_percent between changed_percent and 10000 and wild_share_percent between 1 and 100)
);
create policy tenant_isolation on billing_settings to livery_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and (select current_setting('app.scope', true)) = 'office');
alter table billing_settings enable row level security;
alter table billing_settings force row level security;
grant select, insert, update on billing_settings to livery_app;
grant select on billing_settings to livery_backup;
