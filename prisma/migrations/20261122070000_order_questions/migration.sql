-- What staff ask about an order that waits for them, and what its buyer answers; one open question at a time.
create table order_questions (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  account_id uuid not null,
  question text not null,
  asked_by text not null,
  asked_at timestamptz(3) not null,
  answer text,
  answered_by text,
  answered_at timestamptz(3),
  -- The order was decided before there was an answer.
  closed_at timestamptz(3),

  constraint order_questions_pkey primary key (tenant_id, id)
);

create index order_questions_tenant_id_order_id_asked_at_idx on order_questions(tenant_id, order_id, asked_at);
create index order_questions_tenant_id_account_id_idx on order_questions(tenant_id, account_id);

alter table order_questions add constraint order_questions_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table order_questions add constraint order_questions_tenant_id_order_id_fkey foreign key (tenant_id, order_id) references orders(tenant_id, id) on delete restrict on update no action;
alter table order_questions add constraint order_questions_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table order_questions
  add constraint order_questions_question_check check (length(question) between 1 and 1000),
  add constraint order_questions_answer_check check (length(answer) between 1 and 2000),
  add constraint order_questions_answered_check
    check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null) and (answer is null or closed_at is null));
create unique index order_questions_open_key on order_questions(tenant_id, order_id) where answered_at is null and closed_at is null;

-- Buyers see what they are asked about an order that they see, and write the answer alone.
do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  panel constant text := '((select current_setting(''app.scope'', true)) = ''panel'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  execute format('create policy tenant_isolation on order_questions to livery_app using (%s and (%s or %s and account_id = any (%s)))',
    own_tenant, office, panel, own_accounts);
end $$;
grant select, insert on order_questions to livery_app;
grant update (answer, answered_by, answered_at, closed_at) on order_questions to livery_app;
grant select on order_questions to livery_backup;
alter table order_questions enable row level security;
alter table order_questions force row level security;
