import { expect } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { findTenant } from '#app/db/sellers/tenants.server.ts'
import { trialBalance } from '#app/reports/ledger/query.server.ts'
import { openDueRun } from '#app/services/billing/open-due-runs.server.ts'
import { previewBillingRun } from '#app/services/billing/preview-billing-run.server.ts'
import { runBilling } from '#app/services/billing/run-billing.server.ts'
import { checkInvariants } from '#app/services/invariants/check-invariants.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { invoicesOf } from '#tests/support/billing.ts'
import { asOffice } from '#tests/support/builders.ts'

/** What the schedule does at `at`: opens what is due and runs it. Returns the id of the run; null when nothing was due. */
export async function scheduleAt(tenantId: string, at: string): Promise<string | null> {
  setClock(fixedClock(at))
  if (!(await openDueRun(tenantId))) return null
  const run = await asOffice(tenantId, ({ db }) =>
    db.billingRun.findFirstOrThrow({
      where: { tenantId, state: { not: 'finished' } },
      orderBy: { periodEnd: 'desc' },
      select: { id: true },
    }),
  )
  const outcome = await runBilling(processOf(tenantId, {}), { billingRunId: run.id })
  if (!outcome.ok) throw new Error(outcome.error)
  return run.id
}

/** Bills `month` by the schedule at `at`, after its preview; what the preview says is what comes out. Returns the totals, in minor units. */
export async function billAsPreviewed(tenantId: string, { month, at }: { month: string; at: string }): Promise<bigint[]> {
  setClock(fixedClock(at))
  const preview = await asOffice(tenantId, (ctx) => previewBillingRun(ctx, { month }))
  if (!preview.ok) throw new Error(preview.error)
  const made = await totalsOf(tenantId, await scheduleAt(tenantId, at))
  expect([month, preview.value.rows.flatMap(({ total }) => (total.minor === 0n ? [] : [total.minor]))]).toEqual([month, made])
  return made
}

async function totalsOf(tenantId: string, billingRunId: string | null): Promise<bigint[]> {
  if (!billingRunId) return []
  const rows = await asOffice(tenantId, ({ db }) =>
    db.invoice.findMany({
      where: { tenantId, billingRunId, documentType: 'invoice' },
      select: { totalMinor: true },
      orderBy: { id: 'asc' },
    }),
  )
  return rows.map(({ totalMinor }) => totalMinor)
}

/** Every document: its number, the period as local days, net, tax and total in minor units. */
export async function documentsOf(tenantId: string): Promise<string[]> {
  const invoices = await invoicesOf(tenantId)
  return invoices.map(
    ({ number, periodStart, periodEnd, net, tax, total }) =>
      `${number} ${periodStart} ${periodEnd} ${net.minor} ${tax.minor} ${total.minor}`,
  )
}

/** The balance of a ledger account over the whole life, in minor units; debit above zero. */
export async function balanceOf(tenantId: string, code: string): Promise<bigint> {
  const lines = await asOffice(tenantId, (ctx) => trialBalance(ctx))
  return lines.find((line) => line.code === code)?.balance.minor ?? 0n
}

/** Everything that must hold of a seller does, and its invoices come out the same when they are made again. Nothing was delivered here (I11). */
export async function everythingHolds(tenantId: string): Promise<void> {
  const tenant = await findTenant(tenantId)
  if (!tenant) throw new Error('there is no such seller')
  const checked = await checkInvariants([tenant], { isWhole: false, isRerun: true })
  expect(checked.filter(({ id, violations }) => violations > 0 && id !== 'I11')).toEqual([])
}
