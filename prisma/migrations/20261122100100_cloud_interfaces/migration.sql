-- Where a store's visitors find the cloud's own interface: one row, or it is not offered there.
create table cloud_interfaces (
  tenant_id uuid not null,
  address text not null,
  changed_at timestamptz(3) not null,

  constraint cloud_interfaces_pkey primary key (tenant_id)
);

alter table cloud_interfaces add constraint cloud_interfaces_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table cloud_interfaces add constraint cloud_interfaces_address_check check (address ~ '^https?://[^/?#@\s]+(/[^?#\s]*)?$' and length(address) <= 300);

create policy tenant_isolation on cloud_interfaces to livery_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and (select current_setting('app.scope', true)) = 'office');
grant select, insert, update, delete on cloud_interfaces to livery_app;
grant select on cloud_interfaces to livery_backup;
alter table cloud_interfaces enable row level security;
alter table cloud_interfaces force row level security;
