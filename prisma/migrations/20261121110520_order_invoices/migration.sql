-- A contract that pays fees in advance may have an order invoiced on its day: what falls due before its first cycle ends.
alter table contracts
  add column invoices_orders boolean not null default false,
  add constraint contracts_invoices_orders_check check (fees_in_advance or not invoices_orders);

-- Never written: a fee names its item by its key, and a line its tier by its price (decision 085).
alter table charges drop column subscription_item_id;
alter table invoice_lines drop column tier;
