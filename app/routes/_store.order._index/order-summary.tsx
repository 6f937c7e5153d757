import { ChevronUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrderQuote } from '#app/reports/order-quote/shape.ts'
import type { StoreLocation, StorePlan } from '#app/reports/store/shape.ts'
import { classNames } from '#app/ui/class-names.ts'
import { Money, Rate } from '#app/ui/money.tsx'
import { SpecLine } from '#app/ui/specs.tsx'
import { useFormat } from '#app/ui/use-format.ts'

type SummaryProps = { quote: OrderQuote; plan: StorePlan; location: StoreLocation | undefined; className?: string }

/** The quote: lines before tax, the tax and its reason, the month's cap, and what is due today. */
export function OrderSummary({ quote, plan, location, className }: SummaryProps) {
  const { t } = useTranslation('store')
  return (
    <div className={classNames('rounded-card border border-border bg-surface p-card', className)}>
      <h2 className="text-base font-semibold">{t('order.summary')}</h2>
      <p className="mt-3 font-medium">
        {plan.name}
        {location ? `, ${location.city}` : ''}
      </p>
      <p className="text-sm text-muted">
        <SpecLine size={plan} />
      </p>
      <QuoteLines quote={quote} />
    </div>
  )
}

function QuoteLines({ quote }: { quote: OrderQuote }) {
  const { t } = useTranslation('store')
  const format = useFormat()
  return (
    <div className="mt-4 border-t border-border pt-4 text-sm" aria-live="polite">
      <dl className="grid gap-2">
        {quote.lines.map((line) => (
          <Line
            key={line.feeKind}
            label={
              <>
                {t(`order.line.${line.feeKind}`)}
                {line.hourly ? (
                  <span className="block text-muted">
                    <Rate rate={line.hourly} currency={line.amount.currency} /> {t('price.anHour')}
                  </span>
                ) : null}
              </>
            }
          >
            <Money amount={line.amount} />
          </Line>
        ))}
        <Line
          label={
            quote.taxReason === 'standard'
              ? t('estimate.tax', { percent: format.percent(quote.taxPercent) })
              : t(`order.tax.${quote.taxReason}`)
          }
        >
          <Money amount={quote.monthlyTax} />
        </Line>
        <Line label={<span className="font-medium text-text">{t('order.monthMax')}</span>} className="mt-2 border-t border-border pt-3">
          <Money amount={quote.monthlyTotal} className="text-lg font-semibold" />
        </Line>
        <Line label={t('order.dueToday')}>
          <Money amount={quote.dueToday} />
        </Line>
      </dl>
      <p className="mt-2 text-muted">{t('order.traffic')}</p>
    </div>
  )
}

function Line({ label, className, children }: { label: ReactNode; className?: string; children: ReactNode }) {
  return (
    <div className={classNames('flex items-baseline justify-between gap-4', className)}>
      <dt className="text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** On a phone: the month's cap at the foot of the screen; it opens to the whole quote. */
export function SummaryBar({ quote, plan, location }: SummaryProps) {
  const { t } = useTranslation('store')
  return (
    <details className="group sticky bottom-0 z-20 -mx-4 mt-6 border-t border-border bg-surface px-4 pb-2 sm:-mx-6 sm:px-6 lg:hidden">
      <summary className="flex h-14 list-none items-center justify-between gap-4">
        <span className="text-sm text-muted">
          {plan.name} · {t('order.monthMax')}
        </span>
        <span className="flex items-center gap-2">
          <Money amount={quote.monthlyTotal} className="text-lg font-semibold" />
          <ChevronUp aria-hidden className="size-5 text-muted transition-transform duration-150 group-open:rotate-180" />
        </span>
      </summary>
      <OrderSummary quote={quote} plan={plan} location={location} className="border-0 p-0 pb-4" />
    </details>
  )
}
