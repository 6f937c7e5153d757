import { useTranslation } from 'react-i18next'
import type { ReRateDetail } from '#app/reports/rerating/shape.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { keyPart, useLabel } from '#app/ui/base/use-label.ts'
import { BillingMonths } from '#app/ui/documents/billing-months.tsx'
import type { Fact } from '#app/ui/shell/page-header.tsx'

/** What the run looks at, who asked, who approved. */
export function useRunFacts(run: ReRateDetail): Fact[] {
  const { t, i18n } = useTranslation('pricing')
  const label = useLabel()
  const { scope } = run
  const named = (key: string, words: readonly string[]) => (words.length > 0 ? [{ label: key, value: words.join(', ') }] : [])
  return [
    {
      label: t('rerating.months'),
      value: <BillingMonths from={run.from} through={run.through} />,
    },
    ...named(t('rerating.version'), scope.versions),
    ...named(t('rerating.book'), scope.books),
    ...named(
      t('rerating.product'),
      scope.products.map((name) => name[i18n.language] ?? name.en ?? ''),
    ),
    ...named(
      t('rerating.meter'),
      scope.meters.map((meter) => label(`document:meter.${keyPart(meter)}`, meter)),
    ),
    ...named(t('rerating.account'), scope.accounts),
    { label: t('rerating.requestedBy'), value: run.requestedBy },
    { label: t('rerating.requestedAt'), value: <DateTime instant={run.requestedAt} /> },
    ...(run.approvedBy ? [{ label: t('rerating.approvedBy'), value: run.approvedBy }] : []),
    ...(run.finishedAt ? [{ label: t('rerating.finishedAt'), value: <DateTime instant={run.finishedAt} /> }] : []),
  ]
}
