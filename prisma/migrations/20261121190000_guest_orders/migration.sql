-- An order of somebody without a sign-in, what its buyer agreed to and when, and whether it is paid before anything is built.
alter table orders
  add column guest_token_hash text,
  add column pays_now boolean not null default false,
  add column terms_version integer,
  add column terms_accepted_at timestamptz(3),
  add column withdrawal_waived_at timestamptz(3);
alter table orders
  drop constraint orders_awaits_check,
  add constraint orders_awaits_check check (awaits in ('review', 'payment', 'confirmation')),
  add constraint orders_terms_check check ((terms_version is null) = (terms_accepted_at is null)),
  add constraint orders_waiver_check check (withdrawal_waived_at is null or terms_version is not null);
create unique index orders_tenant_id_guest_token_hash_key on orders (tenant_id, guest_token_hash);
create index orders_awaiting_idx on orders (tenant_id, placed_at) where awaits = 'confirmation';
