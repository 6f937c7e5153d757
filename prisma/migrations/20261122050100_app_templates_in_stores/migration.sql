-- Pages of a store that were kept follow what staff compose, as they follow its products.
create trigger store_follows_insert after insert on app_templates referencing new table as changed
  for each statement execute function raise_store_revision();
create trigger store_follows_update after update on app_templates referencing new table as changed
  for each statement execute function raise_store_revision();
