-- Profiles that are older than tickets get the rights that new ones have. What was added or taken since stays.
-- The table's owner sees its rows while its security is not forced.
alter table security_profiles no force row level security;
update security_profiles p set permissions = p.permissions || array(
  select r.permission from unnest(array['ticket:read', 'ticket:write']) r (permission) where r.permission <> all (p.permissions) order by 1)
where p.account_id is null and not p.is_owner
  and p.name in ('support-engineer', 'account-manager', 'channel-manager', 'finance', 'customer-member', 'customer-manager')
  and not (p.permissions @> array['ticket:read', 'ticket:write']);
alter table security_profiles force row level security;
