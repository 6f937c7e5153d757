-- Invoices of an account are told apart by its projects.
alter table delivery_preferences add column by_project boolean not null default false;
