import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseUrls } from '#app/config/env.server.ts'
import { type CatalogQuery, catalogQueries } from './catalog-queries.ts'

/** For each query a way to break the rule, and how the query then names it. */
const violations: Readonly<Record<string, { readonly plant: string; readonly reported: string }>> = {
  'tables and partitions without forced row-level security': {
    plant:
      'create table scratch (tenant_id uuid not null, id uuid not null, primary key (tenant_id, id)); alter table scratch enable row level security',
    reported: 'scratch',
  },
  'policies of the runtime role without the sub-select and nullif': {
    plant: `create table scratch (tenant_id uuid not null);
      create policy bare_cast on scratch to livery_app using (tenant_id = current_setting('app.tenant_id', true)::uuid)`,
    reported: 'scratch.bare_cast',
  },
  'primary and unique keys that do not start with tenant_id': {
    plant: 'create unique index users_email_everywhere on users (email, tenant_id)',
    reported: 'users_email_everywhere',
  },
  'foreign keys between tenant tables that do not carry tenant_id on both sides': {
    plant: `create table scratch (tenant_id uuid not null, id uuid not null unique);
      create table scratch_child (tenant_id uuid not null, parent_id uuid constraint crosses_tenants references scratch (id))`,
    reported: 'crosses_tenants',
  },
  'views that run as their owner, and every materialised view': {
    plant:
      'create view scratch_view as select tenant_id from accounts; create materialized view scratch_summary as select tenant_id from accounts with no data',
    reported: 'scratch_view',
  },
  'tables without tenant_id': { plant: 'create table scratch (id uuid primary key)', reported: 'scratch' },
  'tenant tables without a policy': { plant: 'create table scratch (tenant_id uuid not null)', reported: 'scratch' },
  'tables of accounts with a policy that asks neither for the scope nor for the account': {
    plant: `create policy too_wide on charges for select to livery_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))`,
    reported: 'charges.too_wide',
  },
  'tenant_id that may be null or has a default': {
    plant: `create table scratch (tenant_id uuid not null default '00000000-0000-0000-0000-000000000000')`,
    reported: 'scratch',
  },
  'enum columns in tenant tables': {
    plant: `create type scratch_state as enum ('open'); create table scratch (tenant_id uuid not null, state scratch_state)`,
    reported: 'scratch.state',
  },
  'grants the runtime role, or everyone, must not have': {
    plant: 'grant truncate on accounts to livery_app',
    reported: 'accounts TRUNCATE',
  },
  'grants to everyone': { plant: 'grant select on accounts to public', reported: 'accounts SELECT' },
  'grants of the runtime role on tables without tenant_id': {
    plant: 'create table scratch (id uuid primary key); grant select on scratch to livery_app',
    reported: 'scratch SELECT',
  },
  'update or delete on ledger, posted invoices and audit': {
    plant: 'grant update (total_minor) on invoices to livery_app',
    reported: 'invoices UPDATE',
  },
  'functions that run as their owner': {
    plant: `create function scratch() returns bigint language sql security definer set search_path = public as 'select count(*) from accounts'`,
    reported: 'scratch()',
  },
  'functions that run as their owner and do not set search_path': {
    plant: `create function scratch() returns bigint language sql security definer as 'select count(*) from accounts'`,
    reported: 'scratch()',
  },
  'things the runtime role owns': {
    plant: 'create table scratch (tenant_id uuid not null); alter table scratch owner to livery_app',
    reported: 'pg_class',
  },
  'a runtime role above its station': { plant: 'grant create on schema public to livery_app', reported: 'create in public' },
}

let admin: pg.Client
beforeAll(async () => {
  admin = new pg.Client({ connectionString: databaseUrls().admin })
  await admin.connect()
})
afterAll(() => admin.end())

async function holes(client: pg.Client, { sql }: CatalogQuery): Promise<string[]> {
  return (await client.query<{ found: string }>(sql)).rows.map(({ found }) => found)
}

const unexpected = (query: CatalogQuery, found: readonly string[]) => found.filter((name) => !(name in (query.allowed ?? {})))

describe.each(catalogQueries)('$name', (query) => {
  test('there are none', async () => {
    expect(unexpected(query, await holes(admin, query))).toEqual([])
  })

  test('one that is planted is reported', async () => {
    const violation = violations[query.name]
    await admin.query('begin')
    try {
      await admin.query(violation?.plant ?? '')
      expect(unexpected(query, await holes(admin, query)).join('\n')).toContain(violation?.reported ?? 'a twin for every query')
    } finally {
      await admin.query('rollback')
    }
  })
})

test('nothing is allowed that does not exist any more', async () => {
  for (const query of catalogQueries) {
    const found = await holes(admin, query)
    const stale = Object.keys(query.allowed ?? {}).filter((name) => !found.includes(name))
    expect(stale, query.name).toEqual([])
  }
})

test('a partition the runtime role has made while running passes every query, and cannot be read past its parent', async () => {
  const app = new pg.Client({ connectionString: databaseUrls().app })
  await app.connect()
  try {
    await app.query('begin')
    await app.query(`select ensure_raw_usage_partition('2031-05-17')`)
    const made = await app.query(`select relrowsecurity, relforcerowsecurity from pg_class where oid = 'raw_usage_2031_05'::regclass`)
    expect(made.rows).toEqual([{ relrowsecurity: true, relforcerowsecurity: true }])
    for (const query of catalogQueries) expect(unexpected(query, await holes(app, query)), query.name).toEqual([])
    await expect(app.query('select * from raw_usage_2031_05')).rejects.toMatchObject({ code: '42501' })
  } finally {
    await app.query('rollback')
    await app.end()
  }
})
