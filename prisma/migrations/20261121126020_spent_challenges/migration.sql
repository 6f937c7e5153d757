-- Solved tasks of sign-up forms: each opens one account.
create table spent_challenges (
  tenant_id uuid not null,
  digest text not null,
  expires_at timestamptz(3) not null,

  constraint spent_challenges_pkey primary key (tenant_id, digest)
);

create index spent_challenges_tenant_id_expires_at_idx on spent_challenges(tenant_id, expires_at);

alter table spent_challenges add constraint spent_challenges_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;

create policy tenant_isolation on spent_challenges to livery_app
  using ((tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) and ((select current_setting('app.scope', true)) = 'office'));
grant select, insert, delete on spent_challenges to livery_app;
grant select on spent_challenges to livery_backup;
alter table spent_challenges enable row level security;
alter table spent_challenges force row level security;
