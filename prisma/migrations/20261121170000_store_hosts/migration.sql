-- Hosts that sellers bring along, beside the one below the installation's own domain: added, proven, pointing here, failing, given back.
alter table store_domains
  -- `fallback` lies below the installation's own domain and always works; `custom` is the seller's own.
  add column kind text not null default 'fallback',
  add column state text not null default 'active',
  -- What the seller puts into its name server to prove that the name is its own.
  add column token text,
  -- The part of the name that was registered, and how it looks to the eye: names that look alike share it.
  add column registrable text,
  add column skeleton text,
  add column checked_at timestamptz(3),
  add column missing_since timestamptz(3),
  add column told_at timestamptz(3),
  add column released_at timestamptz(3),
  -- The records of the last look: what they must be, and what was there.
  add column records jsonb not null default '[]';

update store_domains set state = 'verifying' where verified_at is null;

-- The defaults served the rows that were there.
alter table store_domains
  alter column kind drop default,
  alter column state drop default,
  alter column records drop default,
  add constraint store_domains_kind_check check (kind in ('fallback', 'custom')),
  add constraint store_domains_state_check check (state in ('added', 'verifying', 'verified', 'active', 'failing', 'released')),
  add constraint store_domains_custom_check
    check (kind = 'fallback' or (token is not null and registrable is not null and skeleton is not null)),
  add constraint store_domains_verified_check check (state not in ('verified', 'active', 'failing') or verified_at is not null),
  add constraint store_domains_released_check check ((state = 'released') = (released_at is not null)),
  add constraint store_domains_primary_check check (not is_primary or kind = 'fallback' or state in ('active', 'failing'));

create unique index store_domains_tenant_id_primary_key on store_domains (tenant_id) where is_primary;
create index store_domains_skeleton_idx on store_domains (skeleton);
-- Which sellers have a host of their own to look after, across tenants.
create index store_domains_kind_state_idx on store_domains (kind, state);

-- Who may send mail in the name of a domain: the key its mails are signed with, and what its name server says.
create table mail_domains (
  tenant_id uuid not null,
  id uuid not null,
  domain text not null,
  -- Names the key in the name server.
  selector text not null,
  public_key text not null,
  -- The private key, sealed for `mail_domains/<id>`.
  secret_ciphertext bytea not null,
  secret_key_id text not null,
  state text not null,
  verified_at timestamptz(3),
  checked_at timestamptz(3),
  missing_since timestamptz(3),
  told_at timestamptz(3),
  records jsonb not null,
  created_at timestamptz(3) not null,

  constraint mail_domains_pkey primary key (tenant_id, id),
  constraint mail_domains_tenant_id_fkey foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action,
  constraint mail_domains_domain_check check (domain = lower(domain) and domain !~ '[:/@ ]'),
  constraint mail_domains_state_check check (state in ('added', 'verifying', 'active', 'failing')),
  constraint mail_domains_verified_check check (state not in ('active', 'failing') or verified_at is not null)
);
create unique index mail_domains_tenant_id_domain_key on mail_domains (tenant_id, domain);

alter table mail_domains enable row level security;
alter table mail_domains force row level security;
create policy tenant_isolation on mail_domains to livery_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)
    and (select current_setting('app.scope', true)) = 'office');
grant select, insert, update on mail_domains to livery_app;
grant select on mail_domains to livery_backup;
-- A name that was never proven, or that was given back long enough ago, is anybody's again.
grant delete on store_domains to livery_app;
-- Whose names are looked up by the hour: no more than that.
grant select (tenant_id) on mail_domains to livery_system;
create policy system_reading on mail_domains for select to livery_system using (true);
