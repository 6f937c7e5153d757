-- What a bank took back of a top-up after it was spent: the grant, and with it the balance, is below nothing by as much.
alter table credit_grants add column taken_minor bigint not null default 0;
alter table credit_grants
  add constraint credit_grants_taken_check check (taken_minor >= 0 and returned_minor + taken_minor <= amount_minor and (kind = 'top-up' or taken_minor = 0));
grant update (taken_minor) on credit_grants to livery_app;
