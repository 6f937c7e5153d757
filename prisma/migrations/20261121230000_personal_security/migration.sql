-- What a person does for the own sign-in: an app that makes codes, codes for the day it is lost, passkeys, a new address; and the profile.
alter table users
  add column phone text,
  add column time_zone text,
  add column picture text,
  add constraint users_phone_check check (length(phone) <= 40),
  add constraint users_time_zone_check check (length(time_zone) <= 60);

alter table sessions
  add column is_strong boolean not null default false,
  add column last_used_at timestamptz(3);

alter table tenants add column staff_second_factor boolean not null default false;

create table authenticators (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  secret_ciphertext bytea not null,
  secret_key_id text not null,
  confirmed_at timestamptz(3),
  last_step bigint,
  created_at timestamptz(3) not null,

  constraint authenticators_pkey primary key (tenant_id, id)
);
create unique index authenticators_tenant_id_user_id_key on authenticators (tenant_id, user_id);

create table recovery_codes (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  code_hash text not null,
  created_at timestamptz(3) not null,
  used_at timestamptz(3),

  constraint recovery_codes_pkey primary key (tenant_id, id)
);
create unique index recovery_codes_tenant_id_user_id_code_hash_key on recovery_codes (tenant_id, user_id, code_hash);

create table passkeys (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  host text not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[],
  name text not null,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3),

  constraint passkeys_pkey primary key (tenant_id, id),
  constraint passkeys_counter_check check (counter >= 0),
  constraint passkeys_name_check check (length(name) between 1 and 60),
  constraint passkeys_credential_id_check check (length(credential_id) between 1 and 1400)
);
create unique index passkeys_tenant_id_credential_id_key on passkeys (tenant_id, credential_id);
create index passkeys_tenant_id_user_id_idx on passkeys (tenant_id, user_id);

create table sign_in_steps (
  tenant_id uuid not null,
  id text not null,
  user_id uuid,
  purpose text not null,
  host text not null,
  challenge text,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,

  constraint sign_in_steps_pkey primary key (tenant_id, id),
  constraint sign_in_steps_purpose_check check (purpose in ('second-step', 'passkey-sign-in', 'passkey-registration')),
  constraint sign_in_steps_user_check check (purpose = 'passkey-sign-in' or user_id is not null),
  constraint sign_in_steps_challenge_check check ((purpose = 'second-step') = (challenge is null))
);
create index sign_in_steps_tenant_id_user_id_idx on sign_in_steps (tenant_id, user_id);
create index sign_in_steps_tenant_id_expires_at_idx on sign_in_steps (tenant_id, expires_at);

create table email_changes (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  former_email text not null,
  new_email text not null,
  token_hash text,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  confirmed_at timestamptz(3),
  ended_at timestamptz(3),

  constraint email_changes_pkey primary key (tenant_id, id),
  constraint email_changes_new_email_check check (new_email = lower(new_email) and position('@' in new_email) > 1)
);
create unique index email_changes_tenant_id_token_hash_key on email_changes (tenant_id, token_hash);
create index email_changes_tenant_id_user_id_idx on email_changes (tenant_id, user_id);

create table user_pictures (
  tenant_id uuid not null,
  user_id uuid not null,
  name text not null,
  content bytea not null,
  created_at timestamptz(3) not null,

  constraint user_pictures_pkey primary key (tenant_id, user_id),
  constraint user_pictures_content_check check (octet_length(content) <= 200000)
);
create index user_pictures_tenant_id_name_idx on user_pictures (tenant_id, name);

alter table authenticators add constraint authenticators_tenant_id_user_id_fkey
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete restrict on update no action;
alter table recovery_codes add constraint recovery_codes_tenant_id_user_id_fkey
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete restrict on update no action;
alter table passkeys add constraint passkeys_tenant_id_user_id_fkey
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete restrict on update no action;
alter table sign_in_steps add constraint sign_in_steps_tenant_id_fkey
  foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action;
alter table sign_in_steps add constraint sign_in_steps_tenant_id_user_id_fkey
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete restrict on update no action;
alter table email_changes add constraint email_changes_tenant_id_user_id_fkey
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete restrict on update no action;
alter table user_pictures add constraint user_pictures_tenant_id_user_id_fkey
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete restrict on update no action;

do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  signing_in constant text := '((select current_setting(''app.scope'', true)) = ''auth'')';
begin
  foreach name in array array['authenticators', 'recovery_codes', 'passkeys', 'sign_in_steps', 'email_changes', 'user_pictures']
  loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and (%s or %s))', name, own_tenant, office, signing_in);
    execute format('grant select, insert, delete on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
grant update on authenticators, user_pictures to livery_app;
grant update (used_at) on recovery_codes to livery_app;
grant update (counter, last_used_at) on passkeys to livery_app;
grant update (token_hash, confirmed_at, ended_at) on email_changes to livery_app;
