-- How many more of a product can be sold at a place, and how many one customer may have. Without a row there is no end of it.
create table product_stocks (
  tenant_id uuid not null,
  id uuid not null,
  product_id uuid not null,
  location text not null,
  remaining integer not null,
  created_at timestamptz(3) not null,

  constraint product_stocks_pkey primary key (tenant_id, id),
  constraint product_stocks_remaining_check check (remaining >= 0),
  constraint product_stocks_location_check check (length(location) <= 60)
);
create unique index product_stocks_tenant_id_product_id_location_key on product_stocks (tenant_id, product_id, location);
alter table product_stocks add constraint product_stocks_tenant_id_fkey
  foreign key (tenant_id) references tenants (tenant_id) on delete restrict on update no action;
alter table product_stocks add constraint product_stocks_tenant_id_product_id_fkey
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete restrict on update no action;

do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
begin
  execute format('create policy tenant_isolation on product_stocks to livery_app using (%s and %s)', own_tenant, office);
  execute format('create policy tenant_reading on product_stocks for select to livery_app using (%s)', own_tenant);
end $$;
grant select, insert, delete on product_stocks to livery_app;
grant update (remaining) on product_stocks to livery_app;
grant select on product_stocks to livery_backup;
alter table product_stocks enable row level security;
alter table product_stocks force row level security;

alter table products
  add column limit_per_customer integer,
  add constraint products_limit_check check (limit_per_customer > 0);
-- What an order took; without a key to the stock, which staff may remove.
alter table orders add column stock_id uuid;
