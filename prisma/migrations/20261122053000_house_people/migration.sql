-- Somebody can be invited into the house organisation, which is no account.
alter table member_invitations alter column account_id drop not null;
drop index member_invitations_open_key;
create unique index member_invitations_open_key on member_invitations(tenant_id, account_id, email) nulls not distinct
  where accepted_at is null and withdrawn_at is null;
