import { money } from '#app/domain/money/money.ts'
import { formatMoney } from '#app/i18n/formats.ts'
import { demoPassword, owners, people } from '#prisma/seed/people.ts'
import type { DemoSummary } from './summary.ts'

/** The summary as a table for people. */
export function summaryTable(summary: DemoSummary): string {
  const header = ['seller', 'buyer', 'number', 'net', 'tax', 'total']
  const rows = summary.invoices.map((invoice) => {
    const amount = (minor: string) => formatMoney(money(BigInt(minor), invoice.currency), 'en', 'code')
    return [invoice.seller, invoice.buyer, invoice.number, amount(invoice.netMinor), amount(invoice.taxMinor), amount(invoice.totalMinor)]
  })
  const { usage } = summary
  return [
    table([header, ...rows]),
    '',
    `usage: ${usage.raw} records received, ${usage.accepted} accepted, ${usage.quarantined} in quarantine; ${summary.charges} charges at all levels`,
    `${summary.invoices.length} invoices, ${summary.delivered} mails delivered, ledger imbalance ${summary.ledgerImbalance}`,
  ].join('\n')
}

/** Where to go and who to be. */
export function signIns(origin: (slug: string) => string): string {
  const everybody = [...Object.values(owners), ...people]
  const rows = everybody.map((person) => [`${origin(person.seller)}${person.customer ? '/panel' : '/office'}`, person.email, person.role])
  return [`Everybody's password: ${demoPassword}`, '', table([['where', 'e-mail', 'who'], ...rows])].join('\n')
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
