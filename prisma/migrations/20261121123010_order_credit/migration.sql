-- What an order waits for, and how much of its buyer's own limit is missing.
alter table orders
  add column awaits text,
  add column missing_minor bigint;
alter table orders
  add constraint orders_awaits_check check (awaits in ('review', 'payment')),
  add constraint orders_missing_check check (missing_minor > 0);
