-- What somebody has chosen and not ordered yet. A browser finds its own by a secret of which only the digest is kept; it belongs to no account.
create table carts (
  tenant_id uuid not null,
  id uuid not null,
  token_hash text not null,
  lines jsonb not null,
  updated_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,

  constraint carts_pkey primary key (tenant_id, id),
  constraint carts_lines_check check (jsonb_typeof(lines) = 'array' and jsonb_array_length(lines) <= 20)
);
create unique index carts_tenant_id_token_hash_key on carts (tenant_id, token_hash);
create index carts_tenant_id_expires_at_idx on carts (tenant_id, expires_at);
alter table carts add constraint carts_tenant_id_fkey
  foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action;

do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
begin
  execute format('create policy tenant_isolation on carts to livery_app using (%s and %s)', own_tenant, office);
end $$;
grant select, insert, delete on carts to livery_app;
grant update (lines, updated_at, expires_at) on carts to livery_app;
grant select on carts to livery_backup;
alter table carts enable row level security;
alter table carts force row level security;
