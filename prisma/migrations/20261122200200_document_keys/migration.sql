-- Keys that seal what is issued and never changes (decision 170). The installation's key seals these, so that a change of that key changes rows here alone.
create table document_keys (
  tenant_id uuid not null,
  id uuid not null,
  number integer not null,
  sealed_key text not null,
  created_at timestamptz(3) not null,

  constraint document_keys_pkey primary key (tenant_id, id)
);
create unique index document_keys_tenant_id_number_key on document_keys(tenant_id, number);

alter table document_keys add constraint document_keys_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;

-- What Prisma has no words for. Nobody deletes one: what it sealed would be lost.
alter table document_keys add constraint document_keys_sealed_key_check check (sealed_key like 'enc:v1:%');
do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
begin
  -- Whoever may read a document opens it with its key; sealed as it is, it tells nothing.
  execute format('create policy tenant_reading on document_keys for select to livery_app using (%s)', own_tenant);
  execute format('create policy tenant_isolation on document_keys to livery_app using (%s and %s)', own_tenant, office);
end $$;
grant select, insert on document_keys to livery_app;
grant update (sealed_key) on document_keys to livery_app;
grant select on document_keys to livery_backup;
alter table document_keys enable row level security;
alter table document_keys force row level security;
