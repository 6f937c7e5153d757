-- What a partner level lets a reseller owe unless its contract says otherwise, dated; and where a limit comes from.
create table partner_level_limits (
  tenant_id uuid not null,
  id uuid not null,
  partner_level_id uuid not null,
  currency char(3) not null,
  limit_minor bigint not null,
  -- Until the next row of the level and currency begins.
  valid_from timestamptz(3) not null,
  created_by text not null,
  created_at timestamptz(3) not null,

  constraint partner_level_limits_pkey primary key (tenant_id, id)
);

create unique index partner_level_limits_day_key on partner_level_limits(tenant_id, partner_level_id, currency, valid_from);
alter table partner_level_limits add constraint partner_level_limits_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table partner_level_limits add constraint partner_level_limits_tenant_id_partner_level_id_fkey foreign key (tenant_id, partner_level_id) references partner_levels(tenant_id, id) on delete restrict on update no action;
alter table partner_level_limits
  add constraint partner_level_limits_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint partner_level_limits_limit_check check (limit_minor >= 0);

-- Whether the contract takes what its level gives, and the limits that are to begin: `minor`, `from`.
alter table credit_positions
  add column takes_level_limit boolean not null default false,
  add column coming_bases jsonb not null default '[]';

alter table credit_limits
  add column origin text not null default 'own',
  -- The system wrote the row, not a person.
  add column is_by_system boolean not null default false;
alter table credit_limits drop constraint credit_limits_state_check;
alter table credit_limits
  add constraint credit_limits_state_check check (state in ('waiting', 'agreed', 'refused', 'withdrawn')),
  add constraint credit_limits_origin_check check (origin in ('contract', 'own', 'level'));

alter table credit_limits no force row level security;
alter table credit_positions no force row level security;
update credit_limits set origin = 'contract', is_by_system = true, created_by = 'contract' where reason = 'contract' and created_by = 'livery';
update credit_positions set takes_level_limit = true where is_whole and base_limit_minor = 0;
alter table credit_limits force row level security;
alter table credit_positions force row level security;

-- A contract has its position and its first limit from the first instant; one that lets nothing be owed takes what its level gives.
create or replace function open_credit_positions() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  insert into credit_positions (tenant_id, contract_id, account_id, is_whole, currency, minor_digits, base_limit_minor, takes_level_limit)
  select tenant_id, id, account_id, true, currency, minor_digits_of(currency), credit_limit_minor, credit_limit_minor = 0
  from added order by tenant_id, id;
  insert into credit_limits (tenant_id, position_id, account_id, kind, state, amount_minor, valid_from, reason, origin, is_by_system, created_by, created_at)
  select a.tenant_id, p.id, a.account_id, 'base', 'agreed', a.credit_limit_minor, least(a.created_at, a.starts_on), 'contract', 'contract', true,
    'contract', a.created_at
  from added a join credit_positions p on p.tenant_id = a.tenant_id and p.contract_id = a.id;
  return null;
end $$;

do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
begin
  execute format('create policy tenant_isolation on partner_level_limits to livery_app using (%s and %s)', own_tenant, office);
end $$;
grant select, insert on partner_level_limits to livery_app;
grant update (limit_minor, created_by, created_at) on partner_level_limits to livery_app;
grant select on partner_level_limits to livery_backup;
alter table partner_level_limits enable row level security;
alter table partner_level_limits force row level security;
