-- Rules of dunning in versions, what each overdue account has reached by them, its letters, and what was agreed with it.
create table dunning_policies (
  tenant_id uuid not null,
  id uuid not null,
  -- Accounts of this segment; null for all others.
  segment text,
  currency char(3) not null,
  version integer not null,
  state text not null,
  -- Below this sum nothing happens; fees and interest together stay within the cap.
  minimum_minor bigint not null,
  cap_minor bigint,
  steps jsonb not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  activated_by text,
  activated_at timestamptz(3),

  constraint dunning_policies_pkey primary key (tenant_id, id)
);

-- From the first step until nothing is overdue any more, under the version that was active at the first step.
create table dunning_cases (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  currency char(3) not null,
  policy_id uuid not null,
  opened_on date not null,
  closed_at timestamptz(3),

  constraint dunning_cases_pkey primary key (tenant_id, id)
);

create table dunning_letters (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  case_id uuid not null,
  position integer not null,
  action text not null,
  done_on date not null,
  -- What was overdue, and what was added for it.
  total_minor bigint not null,
  fee_minor bigint not null,
  interest_minor bigint not null,
  fee_document_id uuid,
  token_hash text,
  token_expires_at timestamptz(3),
  created_at timestamptz(3) not null,
  sent_at timestamptz(3),

  constraint dunning_letters_pkey primary key (tenant_id, id)
);

create table dunning_steps (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  case_id uuid not null,
  letter_id uuid not null,
  invoice_id uuid not null,
  position integer not null,
  done_on date not null,
  open_minor bigint not null,

  constraint dunning_steps_pkey primary key (tenant_id, id)
);

-- A pause that staff grant, or a promise to pay: until a day.
create table dunning_agreements (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  kind text not null,
  until_on date not null,
  reason text not null,
  state text not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  ended_at timestamptz(3),

  constraint dunning_agreements_pkey primary key (tenant_id, id)
);

create unique index dunning_policies_version_key on dunning_policies(tenant_id, coalesce(segment, ''), currency, version);
create unique index dunning_policies_active_key on dunning_policies(tenant_id, coalesce(segment, ''), currency) where state = 'active';
create unique index dunning_cases_open_key on dunning_cases(tenant_id, account_id, currency) where closed_at is null;
create index dunning_cases_tenant_id_account_id_idx on dunning_cases(tenant_id, account_id);
create index dunning_cases_tenant_id_policy_id_idx on dunning_cases(tenant_id, policy_id);
create unique index dunning_letters_day_key on dunning_letters(tenant_id, case_id, done_on);
create unique index dunning_letters_token_key on dunning_letters(tenant_id, token_hash);
create index dunning_letters_tenant_id_account_id_created_at_idx on dunning_letters(tenant_id, account_id, created_at);
create index dunning_letters_tenant_id_fee_document_id_idx on dunning_letters(tenant_id, fee_document_id);
create unique index dunning_steps_once_key on dunning_steps(tenant_id, case_id, invoice_id, position);
create index dunning_steps_tenant_id_account_id_idx on dunning_steps(tenant_id, account_id);
create index dunning_steps_tenant_id_letter_id_idx on dunning_steps(tenant_id, letter_id);
create index dunning_steps_tenant_id_invoice_id_idx on dunning_steps(tenant_id, invoice_id);
create unique index dunning_agreements_standing_key on dunning_agreements(tenant_id, account_id, kind) where state = 'standing';
create index dunning_agreements_tenant_id_account_id_created_at_idx on dunning_agreements(tenant_id, account_id, created_at);

alter table dunning_policies add constraint dunning_policies_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table dunning_cases add constraint dunning_cases_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table dunning_cases add constraint dunning_cases_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table dunning_cases add constraint dunning_cases_tenant_id_policy_id_fkey foreign key (tenant_id, policy_id) references dunning_policies(tenant_id, id) on delete restrict on update no action;
alter table dunning_letters add constraint dunning_letters_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table dunning_letters add constraint dunning_letters_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table dunning_letters add constraint dunning_letters_tenant_id_case_id_fkey foreign key (tenant_id, case_id) references dunning_cases(tenant_id, id) on delete restrict on update no action;
alter table dunning_letters add constraint dunning_letters_tenant_id_fee_document_id_fkey foreign key (tenant_id, fee_document_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table dunning_steps add constraint dunning_steps_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table dunning_steps add constraint dunning_steps_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table dunning_steps add constraint dunning_steps_tenant_id_case_id_fkey foreign key (tenant_id, case_id) references dunning_cases(tenant_id, id) on delete restrict on update no action;
alter table dunning_steps add constraint dunning_steps_tenant_id_letter_id_fkey foreign key (tenant_id, letter_id) references dunning_letters(tenant_id, id) on delete restrict on update no action;
alter table dunning_steps add constraint dunning_steps_tenant_id_invoice_id_fkey foreign key (tenant_id, invoice_id) references invoices(tenant_id, id) on delete restrict on update no action;
alter table dunning_agreements add constraint dunning_agreements_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table dunning_agreements add constraint dunning_agreements_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table dunning_policies
  add constraint dunning_policies_state_check check (state in ('draft', 'active', 'retired')),
  add constraint dunning_policies_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint dunning_policies_segment_check check (segment <> ''),
  add constraint dunning_policies_amounts_check check (minimum_minor >= 0 and cap_minor >= 0),
  add constraint dunning_policies_activated_check check ((state = 'draft') = (activated_at is null));
alter table dunning_letters
  add constraint dunning_letters_action_check check (action in ('notify', 'block', 'suspend', 'terminate')),
  add constraint dunning_letters_amounts_check check (total_minor > 0 and fee_minor >= 0 and interest_minor >= 0),
  add constraint dunning_letters_token_check check ((token_hash is null) = (token_expires_at is null));
alter table dunning_agreements
  add constraint dunning_agreements_kind_check check (kind in ('pause', 'promise')),
  add constraint dunning_agreements_state_check check (state in ('standing', 'kept', 'broken', 'ended')),
  add constraint dunning_agreements_reason_check check (length(reason) between 1 and 500),
  add constraint dunning_agreements_ended_check check ((state = 'standing') = (ended_at is null));

-- Grants and policies: the office's alone. What a buyer learns of it stands in its mails and its holds.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
begin
  foreach name in array array['dunning_policies', 'dunning_cases', 'dunning_letters', 'dunning_steps', 'dunning_agreements'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
grant update (minimum_minor, cap_minor, steps, state, activated_by, activated_at) on dunning_policies to livery_app;
grant update (closed_at) on dunning_cases to livery_app;
grant update (fee_document_id, token_hash, token_expires_at, sent_at) on dunning_letters to livery_app;
grant update (until_on, state, ended_at) on dunning_agreements to livery_app;
