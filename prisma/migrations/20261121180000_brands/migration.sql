-- Brands as data: the draft somebody works on, what was published and when, the pictures both name, and each text of the law by number.
create table brand_drafts (
  tenant_id uuid not null,
  content jsonb not null,
  -- One higher with every save: who saves an older one is told.
  revision integer not null,
  changed_by text not null,
  changed_at timestamptz(3) not null,

  constraint brand_drafts_pkey primary key (tenant_id)
);

create table brand_versions (
  tenant_id uuid not null,
  number integer not null,
  content jsonb not null,
  -- What a link to the store shows where links are shared.
  card_picture text,
  -- The version whose content came back; null for new content.
  restored_from integer,
  published_by text not null,
  published_at timestamptz(3) not null,

  constraint brand_versions_pkey primary key (tenant_id, number)
);

create table brand_pictures (
  tenant_id uuid not null,
  -- The digest of the content and its kind, so that an address never means two pictures.
  name text not null,
  content bytea not null,
  created_at timestamptz(3) not null,

  constraint brand_pictures_pkey primary key (tenant_id, name)
);

create table legal_versions (
  tenant_id uuid not null,
  page text not null,
  number integer not null,
  -- The Markdown by language.
  texts jsonb not null,
  brand_number integer not null,
  published_at timestamptz(3) not null,

  constraint legal_versions_pkey primary key (tenant_id, page, number)
);

alter table brand_drafts add constraint brand_drafts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table brand_versions add constraint brand_versions_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table brand_pictures add constraint brand_pictures_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table legal_versions add constraint legal_versions_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table legal_versions add constraint legal_versions_tenant_id_brand_number_fkey foreign key (tenant_id, brand_number) references brand_versions(tenant_id, number) on delete restrict on update no action;

alter table brand_drafts add constraint brand_drafts_revision_check check (revision > 0);
alter table brand_versions
  add constraint brand_versions_number_check check (number > 0),
  add constraint brand_versions_restored_from_check check (restored_from is null or restored_from < number);
alter table brand_pictures
  add constraint brand_pictures_name_check check (name ~ '^[0-9a-f]{32}\.(svg|png)$'),
  add constraint brand_pictures_content_check check (length(content) between 1 and 1000000);
alter table legal_versions
  add constraint legal_versions_page_check check (page in ('terms', 'privacy', 'imprint', 'withdrawal')),
  add constraint legal_versions_number_check check (number > 0);

-- What is published is everybody's to see; only the office works on it. Nothing published changes or goes.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
begin
  foreach name in array array['brand_drafts', 'brand_versions', 'brand_pictures', 'legal_versions'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
  foreach name in array array['brand_versions', 'brand_pictures', 'legal_versions'] loop
    execute format('create policy tenant_reading on %I for select to livery_app using (%s)', name, own_tenant);
  end loop;
  -- Mails and documents wear the brands of several sellers at once.
  foreach name in array array['brand_versions', 'brand_pictures'] loop
    execute format('create policy system_reading on %I for select to livery_system using (true)', name);
    execute format('grant select on %I to livery_system', name);
  end loop;
end $$;
grant update (content, revision, changed_by, changed_at), delete on brand_drafts to livery_app;
