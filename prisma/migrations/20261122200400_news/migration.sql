-- What staff tell visitors and customers: title and text by language, shown from one instant until another.
create table news (
  tenant_id uuid not null,
  id uuid not null,
  place text not null,
  state text not null,
  -- Null in a draft that is shown as soon as it is published.
  shows_from timestamptz(3),
  shows_until timestamptz(3),
  published_at timestamptz(3),
  texts jsonb not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  changed_by text not null,
  changed_at timestamptz(3) not null,

  constraint news_pkey primary key (tenant_id, id)
);

-- Until when a person has read the news of its seller, in one account.
create table news_reads (
  tenant_id uuid not null,
  account_id uuid not null,
  user_id uuid not null,
  read_until timestamptz(3) not null,

  constraint news_reads_pkey primary key (tenant_id, account_id, user_id)
);

create index news_tenant_id_shows_from_idx on news(tenant_id, shows_from);
create index news_reads_tenant_id_user_id_idx on news_reads(tenant_id, user_id);

alter table news add constraint news_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table news_reads add constraint news_reads_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table news_reads add constraint news_reads_tenant_id_user_id_fkey foreign key (tenant_id, user_id) references users(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table news
  add constraint news_place_check check (place in ('store-and-panel', 'panel')),
  add constraint news_state_check check (state in ('draft', 'published', 'withdrawn')),
  add constraint news_days_check check (shows_until > shows_from),
  add constraint news_published_check check (state <> 'published' or shows_from is not null and published_at is not null),
  add constraint news_texts_check check (jsonb_typeof(texts) = 'object');

-- Drafts are the office's alone; the panel reads what is published, the store of that what is for everybody.
do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  panel constant text := '((select current_setting(''app.scope'', true)) = ''panel'')';
  store constant text := '((select current_setting(''app.scope'', true)) = ''store'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  execute format('create policy tenant_reading on news for select to livery_app using (%s and state = ''published'' and (%s or %s and place = ''store-and-panel''))',
    own_tenant, panel, store);
  execute format('create policy tenant_isolation on news to livery_app using (%s and %s)', own_tenant, office);
  execute format('create policy tenant_isolation on news_reads to livery_app using (%s and (%s or %s and account_id = any (%s)))',
    own_tenant, office, panel, own_accounts);
end $$;
grant select, insert on news, news_reads to livery_app;
grant update (place, state, shows_from, shows_until, published_at, texts, changed_by, changed_at) on news to livery_app;
grant update (read_until) on news_reads to livery_app;
grant select on news, news_reads to livery_backup;
alter table news enable row level security;
alter table news force row level security;
alter table news_reads enable row level security;
alter table news_reads force row level security;

-- Pages of a store that were kept follow its news.
create trigger store_follows_insert after insert on news referencing new table as changed
  for each statement execute function raise_store_revision();
create trigger store_follows_update after update on news referencing new table as changed
  for each statement execute function raise_store_revision();
