-- Profiles of sellers that are older than payments and purchases get the rights that new ones have. What was added or taken since stays.
-- The table's owner sees its rows while its security is not forced.
alter table security_profiles no force row level security;
update security_profiles p set permissions = p.permissions || array(
  select r.permission from unnest(array['payment:read', 'payment:write', 'purchase:read']) r (permission)
  where r.permission <> all (p.permissions) order by r.permission)
where p.name = 'finance' and not p.is_owner and not (p.permissions @> array['payment:read', 'payment:write', 'purchase:read']);

update security_profiles p set permissions = p.permissions || array['payment:read']
where p.name in ('account-manager', 'channel-manager') and not p.is_owner and 'payment:read' <> all (p.permissions);
alter table security_profiles force row level security;
