-- Who a person is at a directory is sealed (decision 170) and found again by a blind index.
alter table external_identities add column subject_index text;
create unique index external_identities_tenant_id_provider_id_subject_index_key on external_identities(tenant_id, provider_id, subject_index);

-- A sealed name is longer than what the directory said.
alter table external_identities drop constraint external_identities_subject_check;
alter table external_identities add constraint external_identities_subject_check check (length(subject) between 1 and 6000);
