import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { listInvoices, readInvoice } from '#app/reports/invoices/query.server.ts'
import type { InvoiceDetail } from '#app/reports/invoices/shape.ts'
import { createBillingRun } from '#app/services/billing/create-billing-run.server.ts'
import { runBilling } from '#app/services/billing/run-billing.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { asOffice } from './builders.ts'

/** Opens the run of `month` on the instant `at`, e.g. the first of the month after. Returns its id. */
export async function openRun(tenantId: string, month: string, at: string): Promise<string> {
  setClock(fixedClock(at))
  const created = await asOffice(tenantId, (ctx) => createBillingRun(ctx, { month }))
  if (!created.ok) throw new Error(created.error)
  return created.value.billingRunId
}

/** Bills `month` on the instant `at` and returns how many invoices that made. */
export async function billMonth(tenantId: string, month: string, at: string): Promise<number> {
  const billingRunId = await openRun(tenantId, month, at)
  const outcome = await runBilling(processOf(tenantId, {}), { billingRunId })
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.value.finalised
}

/** Every invoice of the tenant in full, oldest number first. */
export async function invoicesOf(tenantId: string): Promise<InvoiceDetail[]> {
  return asOffice(tenantId, async (ctx) => {
    const { rows } = await listInvoices(ctx, { limit: 200 })
    const details = []
    for (const row of rows) details.push(await readInvoice(ctx, row.id))
    return details.filter((detail) => detail !== undefined).sort((a, b) => (a.number < b.number ? -1 : 1))
  })
}

/** Net, tax and total in minor units: what a person compares first. */
export function amountsOf(invoice: InvoiceDetail | undefined): [bigint, bigint, bigint] | undefined {
  return invoice && [invoice.net.minor, invoice.tax.minor, invoice.total.minor]
}
