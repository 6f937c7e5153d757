-- By which terms an account that is opened from now on is invoiced and pays: one row, or the usual. Limits in minor units by currency.
create table sign_up_terms (
  tenant_id uuid not null,
  cycle_unit text not null,
  cycle_count integer not null,
  anchor text not null,
  fees text not null,
  payment_days integer not null,
  payment_mode text not null,
  credit_limits jsonb not null,
  changed_at timestamptz(3) not null,

  constraint sign_up_terms_pkey primary key (tenant_id)
);

alter table sign_up_terms add constraint sign_up_terms_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table sign_up_terms
  add constraint sign_up_terms_cycle_check check (cycle_unit in ('month', 'year') and cycle_count between 1 and 120),
  add constraint sign_up_terms_anchor_check check (anchor in ('calendar', 'anniversary')),
  add constraint sign_up_terms_fees_check check (fees in ('in-arrears', 'in-advance', 'with-order')),
  add constraint sign_up_terms_payment_check check (payment_days between 0 and 365 and payment_mode in ('postpaid', 'prepaid'));

create policy tenant_isolation on sign_up_terms to livery_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and (select current_setting('app.scope', true)) = 'office');
grant select, insert, update on sign_up_terms to livery_app;
grant select on sign_up_terms to livery_backup;
alter table sign_up_terms enable row level security;
alter table sign_up_terms force row level security;
