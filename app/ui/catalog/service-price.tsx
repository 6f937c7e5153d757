import { useTranslation } from 'react-i18next'
import type { SaleUnit } from '#app/domain/catalog/service-sale.ts'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import type { FeeInterval } from '#app/domain/pricing/price-rule.ts'
import type { PriceTax } from '#app/domain/tax/tax-lines.ts'
import { Money } from '../base/money.tsx'
import { useFormat } from '../base/use-format.ts'
import { moneyOn, type PriceBasis } from './price-basis.ts'

type PricedService = {
  readonly once: MoneyValue | null
  readonly recurring: MoneyValue | null
  readonly every: FeeInterval | null
  readonly unit: SaleUnit
  readonly most: number
  readonly tax: PriceTax
}

/** What one unit of a service costs, once and each period. */
export function ServicePrice({ service, basis }: { readonly service: PricedService; readonly basis: PriceBasis }) {
  const { t } = useTranslation('store')
  const often = useOften()
  const { once, recurring, every, unit, most, tax } = service
  const per = unit === 'hour' ? t('services.perHour') : most > 1 ? t('services.perPiece') : null
  const prices = [
    { amount: once, when: t('services.once') },
    { amount: recurring, when: often(every) },
  ]
  return prices.flatMap(({ amount, when }) =>
    amount
      ? [
          <span key={when} className="block">
            <Money amount={moneyOn(basis, amount, tax)} className="font-semibold" />{' '}
            <span className="text-sm text-muted">{[when, per].filter(Boolean).join(' · ')}</span>
          </span>,
        ]
      : [],
  )
}

/** How often a recurring fee comes up, in words. */
function useOften() {
  const { t } = useTranslation('store')
  const { span } = useFormat()
  const single = {
    day: t('services.aDay'),
    week: t('services.aWeek'),
    month: t('price.aMonth'),
    year: t('services.aYear'),
  } as const
  return (every: FeeInterval | null): string => {
    if (!every) return single.month
    return every.count === 1 ? single[every.unit] : t('services.every', { span: span(every.count, every.unit) })
  }
}

type Lasting = { readonly termMonths: number | null; readonly endsWithTerm: boolean; readonly recurring: MoneyValue | null }

/** How long a service lasts; nothing of one that is paid once and has no term. */
export function ServiceTerm({ service: { termMonths, endsWithTerm, recurring } }: { readonly service: Lasting }) {
  const { t } = useTranslation('store')
  const { span } = useFormat()
  if (termMonths === null && !recurring) return null
  return (
    <>
      {termMonths === null
        ? t('services.open')
        : t(endsWithTerm ? 'services.ends' : 'services.renews', { span: span(termMonths, 'month') })}
    </>
  )
}
