import { useTranslation } from 'react-i18next'
import type { OrderQuote, QuoteOption, ServiceLevel } from '#app/reports/order-quote/shape.ts'
import { classNames } from '#app/ui/base/class-names.ts'
import { Money } from '#app/ui/base/money.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { moneyOn } from '#app/ui/catalog/price-basis.ts'

/** What comes with the plan, ticked already, and what can be taken beside it, each with its price. */
export function OptionCards({ quote }: { quote: OrderQuote }) {
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      {quote.options.map((option) => (
        <OptionCard key={option.code} option={option} />
      ))}
    </div>
  )
}

function OptionCard({ option }: { option: QuoteOption }) {
  const { t } = useTranslation('store')
  const { code, name, isIncluded, isChosen, setup, monthly, tax } = option
  const field = `option-${code}`
  return (
    <label
      htmlFor={field}
      className={classNames(
        'flex items-start gap-3 rounded-card border border-border bg-surface p-4 transition-colors',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
        isIncluded ? 'bg-soft' : 'cursor-pointer hover:border-border-strong has-checked:border-accent has-checked:bg-accent-soft',
      )}
    >
      <input
        type="checkbox"
        id={field}
        name="option"
        value={code}
        defaultChecked={isChosen}
        disabled={isIncluded}
        className="mt-0.5 size-5 shrink-0 accent-accent focus-visible:outline-none"
      />
      <span className="flex min-w-0 grow flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <span className="min-w-0">
          <bdi className="font-medium">{name}</bdi>
          {option.level ? <Level level={option.level} /> : null}
        </span>
        <span className="tabular text-sm">
          {isIncluded ? <span className="text-muted">{t('order.included')}</span> : null}
          {monthly && monthly.minor !== 0n ? (
            <>
              <Money amount={moneyOn('gross', monthly, tax)} className="font-semibold" />{' '}
              <span className="text-muted">{t('price.aMonth')}</span>
            </>
          ) : null}
          {!isIncluded && monthly?.minor === 0n && !setup ? <span className="text-muted">{t('order.free')}</span> : null}
          {setup && setup.minor !== 0n ? (
            <span className="block text-muted">
              {t('order.optionSetup')} <Money amount={moneyOn('gross', setup, tax)} />
            </span>
          ) : null}
        </span>
      </span>
    </label>
  )
}

/** What a service level promises, and what is credited when it is missed. */
function Level({ level: { availabilityPercent, responseHours, missCreditPercent } }: { level: ServiceLevel }) {
  const { t } = useTranslation('store')
  const format = useFormat()
  const promises = [
    ...(availabilityPercent ? [t('order.level.availability', { percent: format.percent(availabilityPercent) })] : []),
    ...(responseHours ? [t('order.level.response', { count: responseHours })] : []),
    missCreditPercent ? t('order.level.credit', { percent: format.percent(missCreditPercent) }) : t('order.level.noCredit'),
  ]
  return promises.map((promise) => (
    <span key={promise} className="block text-sm text-muted">
      {promise}
    </span>
  ))
}
