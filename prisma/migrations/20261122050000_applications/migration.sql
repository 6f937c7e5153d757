-- What staff compose out of plans: an application of several tiers, sold as one. Its tiers are written and read together, so they are one value.
create table app_templates (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name jsonb not null,
  description jsonb not null,
  tiers jsonb not null,
  state text not null,
  position integer not null,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,

  constraint app_templates_pkey primary key (tenant_id, id)
);

-- An application that a buyer has. What it costs and how it goes are matters of its pieces.
create table applications (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  template_id uuid not null,
  name text not null,
  location text not null,
  created_at timestamptz(3) not null,

  constraint applications_pkey primary key (tenant_id, id)
);

-- One order of one server of one tier. `rules` is what its firewall was told last, so that the buyer's own rules stay.
create table application_pieces (
  tenant_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  account_id uuid not null,
  order_id uuid not null,
  tier text not null,
  rules jsonb not null default '[]',
  added_at timestamptz(3) not null,

  constraint application_pieces_pkey primary key (tenant_id, id)
);

create unique index app_templates_tenant_id_code_key on app_templates (tenant_id, code);
create index applications_tenant_id_account_id_idx on applications (tenant_id, account_id);
create index applications_tenant_id_template_id_idx on applications (tenant_id, template_id);
create unique index application_pieces_tenant_id_order_id_key on application_pieces (tenant_id, order_id);
create index application_pieces_tenant_id_application_id_idx on application_pieces (tenant_id, application_id);
create index application_pieces_tenant_id_account_id_idx on application_pieces (tenant_id, account_id);

alter table app_templates add constraint app_templates_tenant_id_fkey
  foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action;
alter table applications add constraint applications_tenant_id_account_id_fkey
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete restrict on update no action;
alter table applications add constraint applications_tenant_id_template_id_fkey
  foreign key (tenant_id, template_id) references app_templates (tenant_id, id) on delete restrict on update no action;
alter table application_pieces add constraint application_pieces_tenant_id_application_id_fkey
  foreign key (tenant_id, application_id) references applications (tenant_id, id) on delete restrict on update no action;
alter table application_pieces add constraint application_pieces_tenant_id_account_id_fkey
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete restrict on update no action;
alter table application_pieces add constraint application_pieces_tenant_id_order_id_fkey
  foreign key (tenant_id, order_id) references orders (tenant_id, id) on delete restrict on update no action;

alter table app_templates
  add constraint app_templates_state_check check (state in ('published', 'hidden', 'retired')),
  add constraint app_templates_tiers_check check (jsonb_typeof(tiers) = 'array' and jsonb_array_length(tiers) <= 10);
alter table application_pieces
  add constraint application_pieces_rules_check check (jsonb_typeof(rules) = 'array');

do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  panel constant text := '((select current_setting(''app.scope'', true)) = ''panel'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
  open_scope constant text := '((select coalesce(current_setting(''app.scope'', true), '''')) <> ''panel'')';
  unlimited constant text := '((select coalesce(current_setting(''app.project_ids'', true), '''')) = '''')';
begin
  -- The store shows what is published; the panel shows what an application was made from, which may be withdrawn by now.
  execute format('create policy tenant_reading on app_templates for select to livery_app using (%s and (state = ''published'' or %s))', own_tenant, panel);
  execute format('create policy tenant_isolation on app_templates to livery_app using (%s and %s)', own_tenant, office);
  foreach name in array array['applications', 'application_pieces'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and (%s or %s and account_id = any (%s)))',
      name, own_tenant, office, panel, own_accounts);
    -- A member who is limited to projects works on servers one by one: an application may reach beyond what it sees.
    execute format('create policy project_sharing on %I as restrictive for all to livery_app using (%s and (%s or %s))',
      name, own_tenant, open_scope, unlimited);
  end loop;
  foreach name in array array['app_templates', 'applications', 'application_pieces'] loop
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
grant update (name, description, tiers, state, changed_at) on app_templates to livery_app;
grant update (rules) on application_pieces to livery_app;
