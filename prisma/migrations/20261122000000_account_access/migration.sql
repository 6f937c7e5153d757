-- People of an account, what they may do there, and keys that act for them.

-- A profile is the seller's, or an account's own; names are unique among those of one owner (decision 140).
alter table security_profiles add column account_id uuid;
drop index security_profiles_tenant_id_name_key;
create unique index security_profiles_tenant_id_account_id_name_key on security_profiles(tenant_id, account_id, name) nulls not distinct;
create index security_profiles_tenant_id_account_id_idx on security_profiles(tenant_id, account_id);
alter table security_profiles add constraint security_profiles_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table security_profiles
  add constraint security_profiles_account_check check (account_id is null or not is_owner),
  add constraint security_profiles_name_check check (length(name) between 1 and 60);

-- Whether a member sees only chosen projects of the account.
alter table memberships add column is_limited boolean not null default false;

create table membership_projects (
  tenant_id uuid not null,
  membership_id uuid not null,
  project_id uuid not null,

  constraint membership_projects_pkey primary key (tenant_id, membership_id, project_id)
);

create table member_invitations (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  email text not null,
  name text not null,
  language text not null,
  security_profile_id uuid not null,
  is_limited boolean not null,
  project_ids uuid[],
  token_hash text,
  invited_by uuid not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  accepted_at timestamptz(3),
  withdrawn_at timestamptz(3),

  constraint member_invitations_pkey primary key (tenant_id, id)
);

create table api_keys (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  user_id uuid not null,
  name text not null,
  prefix text not null,
  key_hash text not null,
  permissions text[],
  networks text[],
  created_at timestamptz(3) not null,
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),

  constraint api_keys_pkey primary key (tenant_id, id)
);

-- What a request was answered, for the one that is sent again.
create table api_answers (
  tenant_id uuid not null,
  api_key_id uuid not null,
  account_id uuid not null,
  key text not null,
  request_hash text not null,
  status integer not null,
  body text not null,
  created_at timestamptz(3) not null,

  constraint api_answers_pkey primary key (tenant_id, api_key_id, key)
);

create index membership_projects_tenant_id_project_id_idx on membership_projects(tenant_id, project_id);
create index member_invitations_tenant_id_account_id_idx on member_invitations(tenant_id, account_id);
create index member_invitations_tenant_id_security_profile_id_idx on member_invitations(tenant_id, security_profile_id);
create unique index member_invitations_tenant_id_token_hash_key on member_invitations(tenant_id, token_hash);
create unique index member_invitations_open_key on member_invitations(tenant_id, account_id, email) where accepted_at is null and withdrawn_at is null;
create index api_answers_tenant_id_account_id_idx on api_answers(tenant_id, account_id);
create index api_keys_tenant_id_account_id_idx on api_keys(tenant_id, account_id);
create index api_keys_tenant_id_user_id_idx on api_keys(tenant_id, user_id);
create unique index api_keys_tenant_id_key_hash_key on api_keys(tenant_id, key_hash);

alter table membership_projects add constraint membership_projects_tenant_id_membership_id_fkey foreign key (tenant_id, membership_id) references memberships(tenant_id, id) on delete cascade on update no action;
alter table membership_projects add constraint membership_projects_tenant_id_project_id_fkey foreign key (tenant_id, project_id) references projects(tenant_id, id) on delete restrict on update no action;
alter table member_invitations add constraint member_invitations_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table member_invitations add constraint member_invitations_tenant_id_security_profile_id_fkey foreign key (tenant_id, security_profile_id) references security_profiles(tenant_id, id) on delete restrict on update no action;
alter table api_keys add constraint api_keys_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table api_keys add constraint api_keys_tenant_id_user_id_fkey foreign key (tenant_id, user_id) references users(tenant_id, id) on delete restrict on update no action;
alter table api_answers add constraint api_answers_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table api_answers add constraint api_answers_tenant_id_api_key_id_fkey foreign key (tenant_id, api_key_id) references api_keys(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table member_invitations add constraint member_invitations_name_check check (length(name) between 1 and 200);
alter table api_keys
  add constraint api_keys_name_check check (length(name) between 1 and 80),
  add constraint api_keys_prefix_check check (length(prefix) between 8 and 20);
alter table api_answers add constraint api_answers_key_check check (length(key) between 1 and 200);

-- Secrets and people are read by the office's scope alone: pages of a buyer ask for their own by the membership in use.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  panel constant text := '((select current_setting(''app.scope'', true)) = ''panel'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  foreach name in array array['membership_projects', 'member_invitations', 'api_keys'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
  end loop;
  -- What was answered is written with the deed itself, in its buyer's scope.
  execute format('create policy tenant_isolation on api_answers to livery_app using (%s and (%s or %s and account_id = any (%s)))',
    own_tenant, office, panel, own_accounts);
  foreach name in array array['membership_projects', 'member_invitations', 'api_keys', 'api_answers'] loop
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
grant update on member_invitations to livery_app;
grant update (last_used_at, revoked_at) on api_keys to livery_app;
grant delete on membership_projects, member_invitations, api_answers, security_profiles to livery_app;

-- A contact that sees invoices and nothing else, and one who buys: the profiles are younger than the tenants.
alter table tenants no force row level security;
alter table security_profiles no force row level security;
insert into security_profiles (tenant_id, id, name, is_owner, permissions, created_at)
select t.tenant_id, gen_random_uuid(), p.name, false, p.permissions, t.created_at
from tenants t cross join (values
  ('customer-billing', array['invoice:read']),
  ('customer-manager', array['budget:read', 'budget:write', 'invoice:read', 'member:read', 'order:read', 'order:write', 'project:write', 'server:read', 'server:write',
    'spend:read', 'subscription:read', 'subscription:write', 'usage:read'])) as p (name, permissions)
on conflict do nothing;
update security_profiles set permissions = array_append(permissions, 'project:write')
where name = 'customer-member' and not is_owner and not 'project:write' = any (permissions);
alter table security_profiles force row level security;
alter table tenants force row level security;
