-- Files of documents lie sealed (decision 170). Those from before are sealed by the nightly job, which finds them here.
alter table documents add column is_sealed boolean not null default false;

-- What Prisma has no words for.
grant update (is_sealed) on documents to livery_app;
