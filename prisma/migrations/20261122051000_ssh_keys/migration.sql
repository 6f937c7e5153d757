-- Public keys that a person keeps in an account, for the servers it orders there.
create table ssh_keys (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  user_id uuid not null,
  name text not null,
  kind text not null,
  bits integer not null,
  fingerprint text not null,
  public_key text not null,
  created_at timestamptz(3) not null,

  constraint ssh_keys_pkey primary key (tenant_id, id)
);

create unique index ssh_keys_tenant_id_account_id_user_id_fingerprint_key on ssh_keys(tenant_id, account_id, user_id, fingerprint);
create index ssh_keys_tenant_id_user_id_idx on ssh_keys(tenant_id, user_id);

alter table ssh_keys add constraint ssh_keys_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table ssh_keys add constraint ssh_keys_tenant_id_user_id_fkey foreign key (tenant_id, user_id) references users(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for. A private key never gets here, whatever the code above does.
alter table ssh_keys
  add constraint ssh_keys_name_check check (length(name) between 1 and 80),
  add constraint ssh_keys_bits_check check (bits > 0),
  add constraint ssh_keys_fingerprint_check check (fingerprint ~ '^SHA256:[A-Za-z0-9+/]{43}$'),
  add constraint ssh_keys_public_key_check check (length(public_key) <= 9000 and public_key !~* 'private key' and starts_with(public_key, kind || ' '));

do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  panel constant text := '((select current_setting(''app.scope'', true)) = ''panel'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  execute format('create policy tenant_isolation on ssh_keys to livery_app using (%s and (%s or %s and account_id = any (%s)))',
    own_tenant, office, panel, own_accounts);
end $$;
grant select, insert, delete on ssh_keys to livery_app;
grant select on ssh_keys to livery_backup;
alter table ssh_keys enable row level security;
alter table ssh_keys force row level security;
