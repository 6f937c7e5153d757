-- How often a mailed link gave its document, and when first and last. Mails with files tell nothing.
alter table deliveries
  add column first_opened_at timestamptz(3),
  add column last_opened_at timestamptz(3),
  add column opened_count int not null default 0;

-- What Prisma has no words for.
alter table deliveries
  add constraint deliveries_opened_check check (
    opened_count >= 0 and (opened_count = 0) = (first_opened_at is null) and (opened_count = 0) = (last_opened_at is null)
    and (opened_count = 0 or link_hash is not null));
