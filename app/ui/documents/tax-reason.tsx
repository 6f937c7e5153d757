import { useTranslation } from 'react-i18next'
import { Card } from '../base/card.tsx'
import { useFormat } from '../base/use-format.ts'
import { keyPart, useLabel } from '../base/use-label.ts'

type Treatment = { readonly category: string; readonly rate: string; readonly reason: string }
type Countries = { readonly seller: string; readonly buyer: string }

/** First strong isolate and its end: a country's name keeps its place inside a sentence of the other direction. */
const isolate = (text: string) => `\u2068${text}\u2069`

/** Why a rate was taken, in one sentence. */
export function TaxReason({ treatment, countries }: { treatment: Treatment; countries: Countries }) {
  const { t, i18n } = useTranslation('tax')
  const format = useFormat()
  const label = useLabel()
  const names = { seller: isolate(format.country(countries.seller)), buyer: isolate(format.country(countries.buyer)) }
  const key = `tax:reason.${keyPart(treatment.reason)}`
  return (
    <div>
      <p className="font-medium" suppressHydrationWarning>
        {t('report.rate')} {format.percent(treatment.rate)} · {label(`tax:category.${treatment.category}`, treatment.category)}
      </p>
      <p className="mt-1 text-muted" suppressHydrationWarning>
        {i18n.exists(key) ? String(i18n.t(key as never, names)) : treatment.reason}
      </p>
    </div>
  )
}

/** The same for every rate of a document. */
export function TaxReasonCard({ taxes, countries }: { taxes: readonly Treatment[]; countries: Countries }) {
  const { t } = useTranslation('tax')
  return (
    <Card id="tax-reasons" title={t('whyTitle')} className="no-print mt-6">
      <ul className="grid gap-4 text-sm">
        {taxes.map((tax) => (
          <li key={`${tax.category}-${tax.rate}`}>
            <TaxReason treatment={tax} countries={countries} />
          </li>
        ))}
      </ul>
    </Card>
  )
}
