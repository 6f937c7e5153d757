import pg from 'pg'
import { databaseUrls } from '#app/config/env.server.ts'
import { pendingMigrations } from '#app/db/migrate/migrate.server.ts'
import { type Answer, command, exitCodes, wrongUse } from './command.ts'
import { doctorInvariants } from './doctor-invariants.ts'
import { installationStanding } from './secrets-status.ts'

type Verdict = { readonly isGood: boolean; readonly detail: string }
type Finding = Verdict & { readonly check: string }

type DoctorOptions = { readonly invariants?: boolean; readonly rerun?: boolean; readonly tenant?: string }

/**
 * `livery doctor`: looks at roles, row-level security, migrations and clock, one line each; exit 1 when one is not as it must be. With
 * `--invariants` it looks at what must always hold instead.
 */
export const doctor = command(
  'doctor',
  'check roles, row-level security, migrations and clock, or the invariants',
  (options: DoctorOptions) => (options.invariants ? doctorInvariants(options) : examineInstallation(options)),
)
  .option('--invariants', 'check what must always hold of money, usage and documents')
  .option('--rerun', 'also make invoices again from their charges and compare every byte, with --invariants')
  .option('--tenant <slug>', 'only this tenant, with --invariants')

async function examineInstallation({ tenant, rerun }: DoctorOptions): Promise<Answer> {
  if (tenant || rerun) wrongUse('--tenant and --rerun go with --invariants')
  const findings: Finding[] = []
  for (const [check, examine] of Object.entries(checks)) findings.push({ check, ...(await examined(examine)) })
  const isGood = findings.every((finding) => finding.isGood)
  return {
    lines: findings.map(({ check, isGood: good, detail }) => `${good ? 'ok  ' : 'BAD '} ${check.padEnd(20)} ${detail}`),
    json: { ok: isGood, findings },
    exitCode: isGood ? exitCodes.done : exitCodes.failed,
  }
}

// A check that cannot be made is a finding, too: the others still run.
async function examined(examine: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await examine()
  } catch (failure) {
    return { isGood: false, detail: failure instanceof Error ? failure.message || failure.name : String(failure) }
  }
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

async function serverVersion(): Promise<Verdict> {
  const [row] = await ask<{ number: number; text: string }>(
    databaseUrls().app,
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as text`,
  )
  return { isGood: (row?.number ?? 0) >= 150_000, detail: `PostgreSQL ${row?.text}` }
}

async function roles(): Promise<Verdict> {
  const { app, system, jobs } = databaseUrls()
  const sql = `select current_user::text as role, rolsuper or rolbypassrls or rolcreaterole as strong from pg_roles where rolname = current_user`
  const rows = (await Promise.all([app, system, jobs].map((url) => ask<{ role: string; strong: boolean }>(url, sql)))).flat()
  const strong = rows.filter((row) => row.strong).map(({ role }) => role)
  const detail =
    strong.length === 0
      ? `${rows.map(({ role }) => role).join(', ')} sign in and stand above nothing`
      : `${strong.join(', ')} may pass row-level security`
  return { isGood: strong.length === 0 && rows.length === 3, detail }
}

async function rowSecurity(): Promise<Verdict> {
  const rows = await ask<{ name: string; forced: boolean }>(
    databaseUrls().app,
    `select c.relname::text as name, c.relrowsecurity and c.relforcerowsecurity as forced from pg_class c
     join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id' and not t.attisdropped
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`,
  )
  const open = rows.filter(({ forced }) => !forced).map(({ name }) => name)
  const detail = open.length === 0 ? `forced on ${rows.length} tables and partitions` : `not forced on ${open.join(', ')}`
  return { isGood: open.length === 0 && rows.length > 0, detail }
}

async function scopeNeeded(): Promise<Verdict> {
  const [row] = await ask<{ rows: number }>(
    databaseUrls().app,
    'select ((select count(*) from tenants) + (select count(*) from accounts))::int as rows',
  )
  return { isGood: row?.rows === 0, detail: `${row?.rows} rows without a scope` }
}

async function migrations(): Promise<Verdict> {
  const missing = await pendingMigrations(databaseUrls().owner)
  const detail = missing.length === 0 ? 'all applied' : `not applied: ${missing.join(', ')} ("npm run db:migrate")`
  return { isGood: missing.length === 0, detail }
}

async function clocks(): Promise<Verdict> {
  const [row] = await ask<{ now: Date }>(databaseUrls().app, 'select clock_timestamp() as now')
  const apart = Math.abs(Date.now() - (row?.now.getTime() ?? 0))
  return { isGood: apart < 5_000, detail: `${apart} ms from the database's` }
}

async function sealedFields(): Promise<Verdict> {
  const { stale, fields } = await installationStanding()
  const rows = fields.reduce((sum, field) => sum + field.rows, 0)
  return { isGood: stale === 0, detail: stale === 0 ? `${rows} values, all with the present key` : `${stale} in plain or with another key` }
}

const checks: Readonly<Record<string, () => Promise<Verdict>>> = {
  'server version': serverVersion,
  roles,
  'row-level security': rowSecurity,
  'no scope, no rows': scopeNeeded,
  migrations,
  'encrypted fields': sealedFields,
  clock: clocks,
}
