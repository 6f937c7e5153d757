-- An order of several pieces is a row for each of them: every one is reserved, built and paid back by itself, and all but the first name it.
alter table orders
  add column lead_order_id uuid,
  add constraint orders_lead_order_check check (lead_order_id <> id),
  add constraint orders_tenant_id_lead_order_id_fkey
    foreign key (tenant_id, lead_order_id) references orders (tenant_id, id) on delete restrict on update no action;
create index orders_tenant_id_lead_order_id_idx on orders (tenant_id, lead_order_id);
