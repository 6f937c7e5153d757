import type pg from 'pg'

export const plans = 60
export const servers = 200
export const months = 24

type Copy = {
  readonly table: string
  /** SQL conditions on `t` that choose what is copied. */
  readonly of: string
  readonly times: number
  /** SQL for columns that differ, over `t` and the number `i` of the copy. */
  readonly differing: Readonly<Record<string, string>>
}

/** Makes a store of `plans` plans out of one of its own, and of one customer the owner of `servers` servers with `months` invoices. */
export async function plantStore(
  admin: pg.Client,
  { tenantId, email }: { readonly tenantId: string; readonly email: string },
): Promise<void> {
  const one = async (sql: string, values: unknown[]) => (await admin.query<{ id: string }>(sql, values)).rows[0]?.id ?? missing(sql)
  const plan = await one(
    `select p.id from products p where p.tenant_id = $1 and p.kind = 'plan' and p.status = 'published'
       and exists (select 1 from price_rules r where r.tenant_id = p.tenant_id and r.product_id = p.id) order by p.position limit 1`,
    [tenantId],
  )
  const accountId = await one(
    `select m.account_id as id from users u join memberships m on m.tenant_id = u.tenant_id and m.user_id = u.id
     where u.tenant_id = $1 and u.email = $2 and m.account_id is not null`,
    [tenantId, email],
  )
  // Copies of rows that were checked when they came: nothing is checked or counted anew.
  await admin.query(`set session_replication_role = replica`)
  const own = `t.tenant_id = '${tenantId}'`
  const id = 'md5(t.id::text || i)::uuid'
  await copy(admin, {
    table: 'products',
    of: `${own} and t.id = '${plan}'`,
    times: plans,
    differing: { id, code: `t.code || '-' || i`, position: 't.position + i' },
  })
  const copied = `md5('${plan}' || i)::uuid`
  await copy(admin, {
    table: 'price_rules',
    of: `${own} and t.product_id = '${plan}'`,
    times: plans,
    differing: { id, product_id: copied },
  })
  await copy(admin, {
    table: 'catalog_items',
    of: `${own} and t.product_id = '${plan}'`,
    times: plans,
    differing: { id, product_id: copied },
  })
  const mine = `${own} and t.account_id = '${accountId}'`
  const server = `t.id = (select id from resources r where r.tenant_id = t.tenant_id and r.account_id = t.account_id and r.deleted_at is null order by id limit 1)`
  await copy(admin, {
    table: 'resources',
    of: `${mine} and ${server}`,
    times: servers,
    differing: { id, external_id: `t.external_id || '-' || i`, name: `t.name || '-' || i` },
  })
  const invoice = `(select id from invoices v where v.tenant_id = t.tenant_id and v.account_id = t.account_id order by id limit 1)`
  await copy(admin, {
    table: 'invoices',
    of: `${mine} and t.id = ${invoice}`,
    times: months,
    differing: {
      id,
      sequence: '100000 + i',
      number: `t.number || '-' || i`,
      issue_date: `(t.issue_date - make_interval(months => i))::date`,
      due_date: `(t.due_date - make_interval(months => i))::date`,
      period_start: `(t.period_start - make_interval(months => i))::date`,
      period_end: `(t.period_end - make_interval(months => i))::date`,
    },
  })
  await copy(admin, {
    table: 'invoice_states',
    of: `${mine} and t.invoice_id = ${invoice}`,
    times: months,
    differing: { invoice_id: 'md5(t.invoice_id::text || i)::uuid', status: `'paid'`, period_key: 'null' },
  })
  await admin.query(`set session_replication_role = origin; analyze`)
}

async function copy(admin: pg.Client, { table, of, times, differing }: Copy): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
    [table],
  )
  const columns = rows.map(({ name }) => name)
  const values = columns.map((name) => differing[name] ?? `t.${name}`)
  await admin.query(
    `insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} from ${table} t, generate_series(1, ${times}) i where ${of}`,
  )
}

function missing(sql: string): never {
  throw new Error(`plantStore: nothing found by ${sql}`)
}
