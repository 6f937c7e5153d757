-- Sign-ups are screened as orders are, payments by card are scored, and lists know countries, ranges of network addresses and cards.
alter table fraud_settings add column sign_ups text not null default 'automatic';
alter table fraud_settings alter column sign_ups drop default;
alter table fraud_settings add constraint fraud_settings_sign_ups_check check (sign_ups in ('automatic', 'rules', 'everyone'));

alter table fraud_list_entries drop constraint fraud_list_entries_kind_check;
alter table fraud_list_entries add constraint fraud_list_entries_kind_check
  check (kind in ('mail', 'domain', 'address', 'vat-id', 'country', 'range', 'card'));

-- The lists on which the range of the network address stood: the address itself is not kept.
alter table order_origins add column lists text[] not null default '{}';
alter table order_origins alter column lists drop default;

-- As its gateway names a card, the same for every account that uses it; null where the gateway names none.
alter table payment_methods add column fingerprint text;
grant update (fingerprint) on payment_methods to livery_app;
create index payment_methods_fingerprint_idx on payment_methods(tenant_id, fingerprint) where fingerprint is not null;

alter table account_holds drop constraint account_holds_source_check;
alter table account_holds add constraint account_holds_source_check
  check (source in ('dunning', 'credit', 'budget', 'dispute', 'staff', 'closing', 'screening'));

-- How a sign-up or a payment was judged, and what a person decided; an order has a row of its own kind.
create table risk_screenings (
  tenant_id uuid not null,
  -- Of the account that was opened, or of the payment.
  id uuid not null,
  kind text not null,
  account_id uuid not null,
  payment_id uuid,
  -- A digest of the network address, of no use outside the store.
  address_hash text,
  verdict text not null,
  score integer not null,
  reasons jsonb not null,
  facts jsonb not null,
  screened_at timestamptz(3) not null,
  decision text,
  decided_by text,
  decided_at timestamptz(3),
  note text,

  constraint risk_screenings_pkey primary key (tenant_id, id)
);

create index risk_screenings_tenant_id_account_id_idx on risk_screenings(tenant_id, account_id);
create index risk_screenings_tenant_id_payment_id_idx on risk_screenings(tenant_id, payment_id);
create index risk_screenings_tenant_id_kind_screened_at_id_idx on risk_screenings(tenant_id, kind, screened_at, id);
create index risk_screenings_tenant_id_address_hash_screened_at_idx on risk_screenings(tenant_id, address_hash, screened_at);

alter table risk_screenings add constraint risk_screenings_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table risk_screenings add constraint risk_screenings_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table risk_screenings add constraint risk_screenings_tenant_id_payment_id_fkey foreign key (tenant_id, payment_id) references payments(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table risk_screenings
  add constraint risk_screenings_kind_check check (kind in ('sign-up', 'payment')),
  add constraint risk_screenings_subject_check check ((kind = 'payment') = (payment_id is not null) and id = coalesce(payment_id, account_id)),
  add constraint risk_screenings_verdict_check check (verdict in ('pass', 'review', 'refuse')),
  add constraint risk_screenings_decision_check check (decision in ('pass', 'refuse')),
  add constraint risk_screenings_decided_check
    check ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null) and (decision is null) = (note is null));
create index risk_screenings_open_idx on risk_screenings(tenant_id, screened_at) where verdict = 'review' and decision is null;

-- The office's alone: nobody reads why it was held back.
create policy tenant_isolation on risk_screenings to livery_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and (select current_setting('app.scope', true)) = 'office');
grant select, insert on risk_screenings to livery_app;
grant update (decision, decided_by, decided_at, note) on risk_screenings to livery_app;
grant select on risk_screenings to livery_backup;
alter table risk_screenings enable row level security;
alter table risk_screenings force row level security;
