-- Files of tickets are sealed by a key of their own, which lies sealed beside them.
alter table ticket_files add column content_key text;

-- What Prisma has no words for: sealing adds a nonce and a tag. Files from before have no key.
alter table ticket_files
  add constraint ticket_files_content_key_check check (content_key like 'enc:v1:%'),
  drop constraint ticket_files_content_check,
  add constraint ticket_files_content_check check (
    size_bytes between 1 and 10485760 and length(content) = size_bytes + case when content_key is null then 0 else 28 end
  );

-- A change of the installation's key seals the key of a file anew.
grant update (content_key) on ticket_files to livery_app;
