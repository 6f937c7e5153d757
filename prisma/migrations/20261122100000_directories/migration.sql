-- A directory of the seller's or of its customers' that vouches for people: OpenID Connect, SAML or LDAP. What is secret of it is sealed.
create table identity_providers (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  audience text not null,
  state text not null,
  settings jsonb not null,
  secret_ciphertext bytea,
  secret_key_id text,
  creates_people boolean not null,
  email_domains text[] not null,
  without_group text not null,
  default_profile_id uuid,
  default_account_id uuid,
  is_second_factor boolean not null,
  version integer not null,
  tested_version integer,
  created_by text not null,
  created_at timestamptz(3) not null,
  changed_by text not null,
  changed_at timestamptz(3) not null,

  constraint identity_providers_pkey primary key (tenant_id, id)
);
create index identity_providers_tenant_id_default_profile_id_idx on identity_providers(tenant_id, default_profile_id);
create index identity_providers_tenant_id_default_account_id_idx on identity_providers(tenant_id, default_account_id);

-- What a group of a directory gives here: a profile in the house, or in an account. The first row of a place counts.
create table identity_provider_groups (
  tenant_id uuid not null,
  id uuid not null,
  provider_id uuid not null,
  position integer not null,
  group_name text not null,
  security_profile_id uuid not null,
  account_id uuid,

  constraint identity_provider_groups_pkey primary key (tenant_id, id)
);
create unique index identity_provider_groups_tenant_id_provider_id_position_key on identity_provider_groups(tenant_id, provider_id, position);
create index identity_provider_groups_tenant_id_security_profile_id_idx on identity_provider_groups(tenant_id, security_profile_id);
create index identity_provider_groups_tenant_id_account_id_idx on identity_provider_groups(tenant_id, account_id);

-- Who a person is at a directory. Never handed on to another person by itself: a name at a directory is one person here, and back.
create table external_identities (
  tenant_id uuid not null,
  id uuid not null,
  provider_id uuid not null,
  user_id uuid not null,
  subject text not null,
  email text not null,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3) not null,

  constraint external_identities_pkey primary key (tenant_id, id)
);
create unique index external_identities_tenant_id_provider_id_subject_key on external_identities(tenant_id, provider_id, subject);
create unique index external_identities_tenant_id_provider_id_user_id_key on external_identities(tenant_id, provider_id, user_id);
create index external_identities_tenant_id_user_id_idx on external_identities(tenant_id, user_id);

-- A browser on its way to a directory and back. The id is the hash of the word that goes along; it comes back once.
create table sign_on_attempts (
  tenant_id uuid not null,
  id text not null,
  provider_id uuid not null,
  purpose text not null,
  host text not null,
  browser_hash text not null,
  return_to text not null,
  request_id text,
  nonce text,
  verifier text,
  answer jsonb,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,

  constraint sign_on_attempts_pkey primary key (tenant_id, id)
);
create index sign_on_attempts_tenant_id_provider_id_idx on sign_on_attempts(tenant_id, provider_id);
create index sign_on_attempts_tenant_id_expires_at_idx on sign_on_attempts(tenant_id, expires_at);

-- Which membership a directory gave: it counts in sessions of that directory alone, and goes when the group goes.
alter table memberships add column given_by_provider_id uuid;
create index memberships_tenant_id_given_by_provider_id_idx on memberships(tenant_id, given_by_provider_id);

-- Which sign-in at a directory a session comes from, so that signing out there ends it.
alter table sessions
  add column external_identity_id uuid,
  add column provider_session text,
  add column logout_hint bytea;
create index sessions_tenant_id_external_identity_id_idx on sessions(tenant_id, external_identity_id);

-- A sign-in by a directory that waits for a second step, or for the password of a person who was here before.
alter table sign_in_steps add column origin jsonb;
alter table sign_in_steps drop constraint sign_in_steps_purpose_check, drop constraint sign_in_steps_challenge_check;
alter table sign_in_steps
  add constraint sign_in_steps_purpose_check check (purpose in ('second-step', 'passkey-sign-in', 'passkey-registration', 'link-identity')),
  add constraint sign_in_steps_challenge_check check ((purpose in ('second-step', 'link-identity')) = (challenge is null)),
  add constraint sign_in_steps_origin_check check (purpose <> 'link-identity' or origin is not null);

alter table identity_providers add constraint identity_providers_tenant_id_fkey
  foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table identity_providers add constraint identity_providers_tenant_id_default_profile_id_fkey
  foreign key (tenant_id, default_profile_id) references security_profiles(tenant_id, id) on delete restrict on update no action;
alter table identity_providers add constraint identity_providers_tenant_id_default_account_id_fkey
  foreign key (tenant_id, default_account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table identity_provider_groups add constraint identity_provider_groups_tenant_id_provider_id_fkey
  foreign key (tenant_id, provider_id) references identity_providers(tenant_id, id) on delete restrict on update no action;
alter table identity_provider_groups add constraint identity_provider_groups_tenant_id_security_profile_id_fkey
  foreign key (tenant_id, security_profile_id) references security_profiles(tenant_id, id) on delete restrict on update no action;
alter table identity_provider_groups add constraint identity_provider_groups_tenant_id_account_id_fkey
  foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table external_identities add constraint external_identities_tenant_id_provider_id_fkey
  foreign key (tenant_id, provider_id) references identity_providers(tenant_id, id) on delete restrict on update no action;
alter table external_identities add constraint external_identities_tenant_id_user_id_fkey
  foreign key (tenant_id, user_id) references users(tenant_id, id) on delete restrict on update no action;
alter table sign_on_attempts add constraint sign_on_attempts_tenant_id_provider_id_fkey
  foreign key (tenant_id, provider_id) references identity_providers(tenant_id, id) on delete restrict on update no action;
alter table memberships add constraint memberships_tenant_id_given_by_provider_id_fkey
  foreign key (tenant_id, given_by_provider_id) references identity_providers(tenant_id, id) on delete restrict on update no action;
alter table sessions add constraint sessions_tenant_id_external_identity_id_fkey
  foreign key (tenant_id, external_identity_id) references external_identities(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table identity_providers
  add constraint identity_providers_kind_check check (kind in ('oidc', 'saml', 'ldap')),
  add constraint identity_providers_name_check check (length(name) between 1 and 60),
  add constraint identity_providers_audience_check check (audience in ('staff', 'customers')),
  add constraint identity_providers_state_check check (state in ('draft', 'active', 'off')),
  add constraint identity_providers_secret_check check ((secret_ciphertext is null) = (secret_key_id is null)),
  add constraint identity_providers_without_group_check check (without_group in ('refuse', 'keep', 'profile')),
  add constraint identity_providers_default_check check (
    (without_group = 'profile') = (default_profile_id is not null)
    and (default_account_id is not null) = (without_group = 'profile' and audience = 'customers')),
  add constraint identity_providers_tested_check check (tested_version <= version and (state <> 'active' or tested_version is not null));
alter table identity_provider_groups
  add constraint identity_provider_groups_group_name_check check (length(group_name) between 1 and 400);
alter table external_identities
  add constraint external_identities_subject_check check (length(subject) between 1 and 1000);
alter table sign_on_attempts
  add constraint sign_on_attempts_purpose_check check (purpose in ('sign-in', 'sign-out', 'test'));

do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
begin
  foreach name in array array['identity_providers', 'identity_provider_groups', 'external_identities', 'sign_on_attempts']
  loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
    execute format('grant select, insert, update, delete on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
