import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { inPanel, inTenant } from '#app/db/context.server.ts'
import type { TenantRow } from '#app/db/sellers/tenants.server.ts'
import { type FocusVersion, focusCells, focusHead, focusVersions } from '#app/domain/focus/focus-row.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { focusRows, type Reading } from '#app/reports/focus/rows.server.ts'
import { csvLines } from '#app/wiring.server.ts'
import { command, wrongUse } from './command.ts'
import { accountId, monthNamed, tenantNamed } from './options.ts'

type Side = 'sell' | 'buy'
type Options = { tenant: string; period: string; account?: string; side: Side; spec: FocusVersion; out?: string }
type Tally = { rows: number; billed: Map<string, Decimal> }

/** `livery export focus`: usage and cost of a billing month as a FOCUS file, of what a seller sells or of what it buys from its parent. */
export const exportFocus = command<Options>('focus', 'usage and cost of a month as a FOCUS file', async (options) => {
  const { period, spec, side } = options
  const tenant = await tenantNamed(options.tenant)
  const file = options.out ?? `focus-${tenant.slug}-${side === 'buy' ? 'bought-' : ''}${period}.csv`
  const tally: Tally = { rows: 0, billed: new Map() }
  const rows = focusRows(readingOf(tenant, side), { monthStart: `${period}-01`, accountId: options.account ?? null })
  await pipeline(Readable.from(linesOf(rows, spec, tally)), createWriteStream(file))
  const billed = Object.fromEntries([...tally.billed].map(([currency, sum]) => [currency, sum.toFixed()]))
  const sums = Object.entries(billed).map(([currency, sum]) => `billed ${sum} ${currency}`)
  return { lines: [`${tally.rows} rows written to ${file}`, ...sums], json: { ok: true, file, rows: tally.rows, billed } }
})
  .requiredOption('--tenant <slug>', 'the seller')
  .requiredOption('--period <month>', 'the billing month, such as 2026-10', monthNamed)
  .option('--account <id>', 'only this buyer, cus_…', accountId)
  .option('--side <side>', 'sell: what it charges its buyers; buy: what its parent charges it', sideNamed, 'sell')
  .option('--spec <version>', `the version of FOCUS: ${focusVersions.join(', ')}`, specNamed, '1.2')
  .option('--out <file>', 'where the file goes; focus-<tenant>-<month>.csv unless said')

function sideNamed(text: string): Side {
  return text === 'sell' || text === 'buy' ? text : wrongUse(`"${text}" is not a side: sell, buy`)
}

function specNamed(text: string): FocusVersion {
  return focusVersions.find((known) => known === text) ?? wrongUse(`"${text}" is not a version of FOCUS: ${focusVersions.join(', ')}`)
}

function readingOf({ tenantId, slug, parentTenantId, parentAccountId }: TenantRow, side: Side): Reading {
  if (side === 'sell') return (work) => inTenant(tenantId, work)
  if (!parentTenantId || !parentAccountId) return wrongUse(`"${slug}" has no parent to buy from`)
  return (work) => inPanel(parentTenantId, [parentAccountId], work)
}

async function* linesOf(pages: ReturnType<typeof focusRows>, spec: FocusVersion, tally: Tally): AsyncGenerator<string> {
  yield csvLines([focusHead(spec)])
  for await (const rows of pages) {
    tally.rows += rows.length
    for (const { BillingCurrency, BilledCost } of rows)
      tally.billed.set(BillingCurrency, (tally.billed.get(BillingCurrency) ?? new Decimal(0)).plus(BilledCost))
    yield csvLines(rows.map((row) => focusCells(row, spec)))
  }
}
