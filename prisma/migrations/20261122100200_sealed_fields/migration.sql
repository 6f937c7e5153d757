-- Fields that are sealed at rest (decision 163). A gateway's name of a way to pay is looked up by a blind index, as sealed texts never repeat.
alter table payment_methods add column method_ref_index text;

create unique index payment_methods_ref_index_key on payment_methods(tenant_id, gateway_account_id, method_ref_index, account_id);

-- What Prisma has no words for. A change of the key seals these anew; nothing else writes over them.
grant update (customer_ref, method_ref, method_ref_index) on payment_methods to livery_app;
grant update (about, payload) on gateway_events to livery_app;

-- What the address of an account was before and after a change: the audit trail, which never changes, names the row and says nothing of it.
create table address_changes (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  before_text text not null,
  after_text text not null,
  created_at timestamptz(3) not null,

  constraint address_changes_pkey primary key (tenant_id, id)
);

create index address_changes_tenant_id_account_id_idx on address_changes(tenant_id, account_id);

alter table address_changes add constraint address_changes_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table address_changes add constraint address_changes_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
begin
  execute format('create policy tenant_isolation on address_changes to livery_app using (%s and %s)', own_tenant, office);
end $$;
grant select, insert, delete on address_changes to livery_app;
grant update (before_text, after_text) on address_changes to livery_app;
grant select on address_changes to livery_backup;
alter table address_changes enable row level security;
alter table address_changes force row level security;

-- Gateways' exchanges and the registers' answers are sealed, too.
grant update (path, request, answer) on gateway_exchanges to livery_app;
grant update (registered_address, answer) on vat_id_checks to livery_app;

-- A sealed telephone number is longer than a number; how long that may be is asked where it is read.
alter table users drop constraint users_phone_check;
alter table users add constraint users_phone_check check (length(phone) <= 400);

-- Bank accounts of payers: known again by a blind index when the next file comes.
alter table payments add column payer_iban_index text;

grant update (payer_iban, payer_iban_index) on payments to livery_app;
grant update (text, counterparty_iban) on bank_entries to livery_app;

-- What makes a line of a bank the same one in two files said everything of it: its hash does as well, and tells nothing.
alter table bank_entries no force row level security;
update bank_entries set entry_key = encode(sha256(convert_to(tenant_id::text || ':' || entry_key, 'UTF8')), 'hex');
alter table bank_entries force row level security;
