-- One number a tenant, raised by whatever changes what its store shows: kept pages of the store hold the number they were made at.
create table store_revisions (
  tenant_id uuid not null,
  revision bigint not null,

  constraint store_revisions_pkey primary key (tenant_id)
);
alter table store_revisions add constraint store_revisions_tenant_id_fkey
  foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action;

create policy tenant_isolation on store_revisions to livery_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
grant select, insert on store_revisions to livery_app;
grant update (revision) on store_revisions to livery_app;
grant select on store_revisions to livery_backup;
alter table store_revisions enable row level security;
alter table store_revisions force row level security;

create function raise_store_revision() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  insert into store_revisions (tenant_id, revision)
  select distinct c.tenant_id, 1 from changed c where c.tenant_id is not null order by 1
  on conflict (tenant_id) do update set revision = store_revisions.revision + 1;
  return null;
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['products', 'product_stocks', 'bundle_items', 'catalogs', 'catalog_items', 'channels', 'price_books', 'price_versions',
    'price_rules', 'meters', 'tax_rates', 'tax_registrations', 'document_issuers']
  loop
    execute format('create trigger store_follows_insert after insert on %I referencing new table as changed
      for each statement execute function raise_store_revision()', name);
    execute format('create trigger store_follows_update after update on %I referencing new table as changed
      for each statement execute function raise_store_revision()', name);
    execute format('create trigger store_follows_delete after delete on %I referencing old table as changed
      for each statement execute function raise_store_revision()', name);
  end loop;
end $$;
-- A new tenant has no page that was kept.
create trigger store_follows_update after update on tenants referencing new table as changed
  for each statement execute function raise_store_revision();
