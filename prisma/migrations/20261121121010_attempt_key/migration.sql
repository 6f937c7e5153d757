-- Whether the payer agreed that its way to pay is kept: a page that keeps it is not given to one who did not agree. The key is the deed
-- behind an attempt without a page, such as one form or one day of a schedule: one deed is one attempt.
alter table payment_attempts add column saves boolean not null default false;
alter table payment_attempts add column attempt_key text;
create unique index payment_attempts_key_key on payment_attempts(tenant_id, attempt_key);
