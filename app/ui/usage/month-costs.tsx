import { useTranslation } from 'react-i18next'
import { add, type Money as MoneyValue, subtract } from '#app/domain/money/money.ts'
import { Money } from '../base/money.tsx'
import { FromTo } from '../forms/from-to.tsx'

type Move = { readonly current: MoneyValue; readonly next: MoneyValue }
/** What a month costs before and after new prices; usage is null where its prices stay. */
type Costs = { readonly fees: Move; readonly usage: Move | null }

/** What a month costs more afterwards, fees and usage together. */
export function riseOf({ fees, usage }: Costs) {
  const risen = subtract(fees.next, fees.current)
  return usage ? add(risen, subtract(usage.next, usage.current)) : risen
}

/** Fees and usage apart, each before and after. */
export function MonthCosts({ cost: { fees, usage } }: { cost: Costs }) {
  const { t } = useTranslation('pricing')
  return (
    <span className="grid gap-0.5">
      <span>
        {t('changes.fees')} <MonthMove cost={fees} />
      </span>
      {usage ? (
        <span>
          {t('changes.usageAbout')} <MonthMove cost={usage} />
        </span>
      ) : null}
    </span>
  )
}

export function MonthMove({ cost: { current, next } }: { cost: Move }) {
  if (current.minor === next.minor) return <Money amount={next} className="text-muted" />
  return <FromTo from={<Money amount={current} className="text-muted" />} to={<Money amount={next} />} />
}
