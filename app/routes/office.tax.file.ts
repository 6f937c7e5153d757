import type { LoaderFunctionArgs } from '@remix-run/node'
import { exponentOf } from '#app/domain/money/currency.ts'
import { type Money, toDecimal } from '#app/domain/money/money.ts'
import { addDays, localDateOf } from '#app/domain/time/local-date.ts'
import { readTaxReport } from '#app/reports/tax/query.server.ts'
import { sheetDownload } from '#app/web/answers/sheets.server.ts'
import { taxPeriodOf } from '#app/web/desks/tax-period.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'

const head = ['section', 'country', 'category', 'rate', 'reason', 'buyer', 'vat_id', 'currency', 'net', 'tax', 'documents']
const inUnits = (amount: Money) => toDecimal(amount).toFixed(exponentOf(amount.currency))

/** The tax report of a period as a table: its lines, then what was sold under reverse charge by buyer. */
export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const { period, lines, recapitulative } = await asStaff(request, 'ledger:read', (ctx, { tenant }) =>
    readTaxReport(ctx, taxPeriodOf(search, localDateOf(ctx.now, tenant.timeZone))),
  )
  const rows = [
    ...lines.map(({ country, category, rate, reason, base, tax, documents }) => [
      'tax',
      country,
      category,
      rate,
      reason,
      '',
      '',
      base.currency,
      inUnits(base),
      inUnits(tax),
      String(documents),
    ]),
    ...recapitulative.map(({ name, vatId, base }) => [
      'recapitulative',
      (vatId ?? '').slice(0, 2),
      'AE',
      '0',
      'reverse-charge-eu',
      name,
      vatId ?? '',
      base.currency,
      inUnits(base),
      '',
      '',
    ]),
  ]
  return sheetDownload([head, ...rows], `tax-${period.from}-${addDays(period.to, -1)}`, search.get('format'))
}
