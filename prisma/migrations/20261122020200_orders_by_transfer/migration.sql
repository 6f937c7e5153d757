-- A transfer that is announced may be for an order, whose id it then has.
alter table expected_payments
  drop constraint expected_payments_purpose_check,
  add constraint expected_payments_purpose_check check (purpose in ('settlement', 'top-up', 'order'));
