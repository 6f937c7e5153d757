import { inTenant } from '#app/db/context.server.ts'
import { type Money, toDecimal } from '#app/domain/money/money.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { createBillingRun } from '#app/services/billing/create-billing-run.server.ts'
import { type PreviewRow, previewBillingRun } from '#app/services/billing/preview-billing-run.server.ts'
import { runBilling } from '#app/services/billing/run-billing.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { type Answer, command, commandLine, refused } from './command.ts'
import { tenantNamed } from './options.ts'

type Options = { tenant: string; period: string; dryRun?: boolean }

/** `livery billing run`: closes a month of a seller, or with --dry-run prints line for line what that would make. */
export const billingRun = command<Options>('run', 'close a month: drafts, then numbered invoices', async ({ tenant, period, dryRun }) => {
  const { tenantId } = await tenantNamed(tenant)
  return dryRun ? preview(tenantId, period) : bill(tenantId, period)
})
  .requiredOption('--tenant <slug>', 'the seller')
  .requiredOption('--period <month>', 'the month to close, such as 2026-10')
  .option('--dry-run', 'write nothing; print what the run would make, beside the invoice before')

async function preview(tenantId: string, month: string): Promise<Answer> {
  const read = await readAll(tenantId, month)
  if (!read.ok) return refused(read.error)
  const drafted = read.value.filter(({ state }) => state === 'drafted')
  const lines = [...read.value.flatMap(linesOf), ...sumsOf(drafted), `${drafted.length} invoices; nothing was written`]
  return { lines, json: { ok: true, period: month, drafts: read.value.map(jsonOf) } }
}

async function readAll(tenantId: string, month: string): Promise<Result<PreviewRow[], 'malformed-month'>> {
  const rows: PreviewRow[] = []
  for (let afterContractId: string | null = null; ; ) {
    const page = await inTenant(tenantId, (ctx) => previewBillingRun(ctx, { month, afterContractId }))
    if (!page.ok) return err(page.error)
    rows.push(...page.value.rows)
    if (page.value.nextContractId === null) return ok(rows)
    afterContractId = page.value.nextContractId
  }
}

async function bill(tenantId: string, month: string): Promise<Answer> {
  const created = await inTenant(tenantId, (ctx) => createBillingRun(ctx, { month }), { actor: commandLine })
  if (!created.ok) return refused(created.error)
  const { billingRunId } = created.value
  const outcome = await runBilling(processOf(tenantId, {}, commandLine), { billingRunId })
  if (!outcome.ok) return refused(outcome.error)
  const { finalised, isHeld } = outcome.value
  const line = isHeld ? 'the run waits for a person; see /office/billing-runs' : `${finalised} invoices finalised`
  return { lines: [line], json: { ok: true, period: month, finalised, isHeld } }
}

function linesOf(row: PreviewRow): string[] {
  const { buyerName, state, problem, total, previousTotal, flags, shown, periodStart, periodEnd } = row
  if (state === 'empty' && flags.length === 0) return []
  const marks = flags.length > 0 ? `  [${flags.join(', ')}]` : ''
  const before = previousTotal ? `  before ${amount(previousTotal)}` : ''
  const head = `${buyerName}  ${periodStart}..${periodEnd}  ${problem ?? amount(total)}${before}${marks}`
  return [
    head,
    ...shown.map(
      (line) =>
        `  ${line.kind}  ${line.meter ?? line.resourceName ?? ''}  ${line.quantity.toFixed()} ${line.unit} x ${line.unitPrice.toFixed()}  ${amount(line.net)}`,
    ),
  ]
}

function sumsOf(rows: readonly PreviewRow[]): string[] {
  const sums = new Map<string, bigint>()
  for (const { total } of rows) sums.set(total.currency, (sums.get(total.currency) ?? 0n) + total.minor)
  return [...sums].map(([currency, minor]) => `total ${amount({ minor, currency })}`)
}

function jsonOf({ contractId: _, net, tax, total, previousTotal, shown, ...row }: PreviewRow) {
  return {
    ...row,
    net: moneyJson(net),
    tax: moneyJson(tax),
    total: moneyJson(total),
    previousTotal: previousTotal && moneyJson(previousTotal),
    lines: shown.map(({ quantity, billedQuantity, unitPrice, net: own, ...line }) => ({
      ...line,
      quantity: quantity.toFixed(),
      billedQuantity: billedQuantity.toFixed(),
      unitPrice: unitPrice.toFixed(),
      net: moneyJson(own),
    })),
  }
}

function moneyJson({ minor, currency }: Money): { minor: string; currency: string } {
  return { minor: minor.toString(), currency }
}

function amount(money: Money): string {
  return `${toDecimal(money).toFixed()} ${money.currency}`
}
