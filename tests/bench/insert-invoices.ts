import pg from 'pg'
import { databaseUrls } from '#app/config/env.server.ts'
import { timed } from './timed.ts'

/** What the run of June wrote, parents before children, and how its rows are told from those of May. */
const tables = {
  invoices: "period_start = '2026-06-01'",
  invoice_lines: 'invoice_id in (select id from bench_invoices)',
  invoice_taxes: 'invoice_id in (select id from bench_invoices)',
  invoice_states: 'invoice_id in (select id from bench_invoices)',
  ledger_entries: 'invoice_id in (select id from bench_invoices)',
  ledger_postings: 'entry_id in (select id from bench_ledger_entries)',
  invoice_drafts: "period_start = '2026-06-01'",
  audit_entries: 'subject_id in (select id::text from bench_invoices)',
  outbox: "key in (select 'invoice-finalised:' || id from bench_invoices)",
} as const

/** Keeps what the run wrote aside in tables without any index or constraint, and takes it out of the real ones. */
export async function setInvoicesAside(admin: pg.Client): Promise<void> {
  for (const [table, isOfJune] of Object.entries(tables)) {
    await admin.query(`create unlogged table bench_${table} as select * from ${table} where ${isOfJune}`)
    await admin.query(`grant select on bench_${table} to livery_app`)
  }
  await admin.query(
    'create unlogged table bench_taken as select id, invoice_id, invoice_line_id from charges where invoice_id in (select id from bench_invoices)',
  )
  await admin.query('grant select on bench_taken to livery_app')
  await admin.query("set session_replication_role = 'replica'")
  await admin.query('update charges c set invoice_id = null, invoice_line_id = null from bench_taken t where t.id = c.id')
  for (const [table, isOfJune] of Object.entries(tables).reverse()) await admin.query(`delete from ${table} where ${isOfJune}`)
  await admin.query('reset session_replication_role')
  for (const table of ['charges', ...Object.keys(tables)]) await admin.query(`vacuum (analyze) ${table}`)
}

/**
 * How long PostgreSQL takes to write the same rows set-based: one `insert … select` a table and one update that ties the charges to their
 * invoices, as the runtime role, with the tables' keys, indexes, constraints, triggers and policies. Committed. It writes everything the run
 * writes but the state of the run itself: balances by day and where each account's credit stands follow by the same triggers, out of the same
 * postings and charges. What it is spared is the draft's second version, all reading, and all arithmetic: that is what is measured.
 */
export async function insertInvoicesAgain(tenantId: string): Promise<number> {
  const app = new pg.Client({ connectionString: databaseUrls().app })
  await app.connect()
  try {
    const { seconds } = await timed(async () => {
      await app.query('begin')
      await app.query(
        "select set_config('app.tenant_id', $1, true), set_config('app.scope', 'office', true), set_config('TimeZone', 'UTC', true)",
        [tenantId],
      )
      for (const table of Object.keys(tables)) await app.query(`insert into ${table} select * from bench_${table}`)
      await app.query(
        'update charges c set invoice_id = t.invoice_id, invoice_line_id = t.invoice_line_id from bench_taken t where c.tenant_id = $1 and c.id = t.id',
        [tenantId],
      )
      await app.query('commit')
    })
    return seconds
  } finally {
    await app.end()
  }
}
