import { ChevronUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SaleUnit } from '#app/domain/catalog/service-sale.ts'
import type { OrderQuote, QuoteLine } from '#app/reports/order-quote/shape.ts'
import type { StoreBundle, StoreLocation, StorePlan } from '#app/reports/store/shape.ts'
import { classNames } from '#app/ui/base/class-names.ts'
import { Money, Rate } from '#app/ui/base/money.tsx'
import { NameList } from '#app/ui/base/name-list.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { rateOn } from '#app/ui/catalog/price-basis.ts'
import { SpecLine, useSpecs } from '#app/ui/cloud/specs.tsx'

type SummaryProps = { quote: OrderQuote; plan: StorePlan | StoreBundle; location: StoreLocation | undefined; className?: string }

/** The quote: the first invoice line by line, what is taken off it, its tax and total; apart from it, the most a month costs. */
export function OrderSummary({ quote, plan, location, className }: SummaryProps) {
  const { t } = useTranslation('store')
  return (
    <div className={classNames('rounded-card border border-border bg-surface p-card', className)}>
      <h2 className="text-base font-semibold">{t('order.summary')}</h2>
      <p className="mt-3 font-medium">
        {plan.name}
        {location ? `, ${location.city}` : ''}
      </p>
      <p className="text-sm text-muted">{plan.hasServer ? <SpecLine size={plan} /> : plan.description}</p>
      <div aria-live="polite" className="text-sm">
        <FirstInvoice quote={quote} />
        <dl className="mt-4 grid gap-2 border-t border-border pt-4">
          <Line label={<span className="font-medium text-text">{t('order.monthMax')}</span>}>
            <Money amount={quote.monthlyTotal} className="text-lg font-semibold" />
          </Line>
          <Line label={t('order.yearMax')}>
            <Money amount={quote.yearlyTotal} />
          </Line>
          <Line label={t('order.dueToday')}>
            <Money amount={quote.dueToday} />
          </Line>
        </dl>
        {plan.hasServer ? <NotIncluded plan={plan} currency={quote.monthlyTotal.currency} /> : null}
      </div>
    </div>
  )
}

/** What the cap of the month does not hold. */
function NotIncluded({ plan, currency }: { plan: StorePlan; currency: string }) {
  const { t } = useTranslation('store')
  const specs = useSpecs()
  return (
    <p className="mt-3 text-muted">
      {t('order.notIncluded')}{' '}
      {plan.trafficPricePerGb && plan.trafficGb !== null ? (
        <>
          {t('order.trafficBeyond', { volume: specs.volume(plan.trafficGb) })}{' '}
          <Rate rate={rateOn('gross', plan.trafficPricePerGb, plan.tax)} currency={currency} />
        </>
      ) : (
        t('order.traffic')
      )}
    </p>
  )
}

/** The lines of the first invoice, what is taken off it, its tax and total. */
export function FirstInvoice({ quote }: { quote: OrderQuote }) {
  const { t } = useTranslation('store')
  const format = useFormat()
  const included = quote.lines.filter(({ role }) => role === 'included')
  const recurring = new Set(quote.lines.flatMap(({ feeKind, name }) => (feeKind === 'recurring' ? name : [])))
  const isAtMost = quote.lines.some(({ hourly }) => hourly)
  return (
    <div className="mt-4 border-t border-border pt-4">
      <h3 className="font-medium">{t('order.firstInvoice')}</h3>
      <dl className="mt-2 grid gap-2">
        {quote.lines
          .filter(({ role }) => role !== 'included')
          .map((line) => (
            <Line
              key={`${line.feeKind}-${line.name}-${line.hourly}-${line.days?.charged}-${line.units?.count}`}
              label={<FeeLabel line={line} hasRecurring={recurring.has(line.name)} />}
            >
              <Money amount={line.amount} />
            </Line>
          ))}
        {included[0] ? (
          <Line
            label={
              <>
                <NameList names={included.map(({ name }) => name)} />
                <span className="block">{t('order.included')}</span>
              </>
            }
          >
            <Money amount={included[0].amount} />
          </Line>
        ) : null}
        {quote.discounts.map(({ name, amount }) => (
          <Line key={name} label={name}>
            <Money amount={amount} isBalance />
          </Line>
        ))}
        <Line label={t('order.net')} className="border-t border-border pt-2">
          <Money amount={quote.firstNet} />
        </Line>
        <Line
          label={
            quote.taxReason === 'standard'
              ? quote.tax.percent === null
                ? t('order.tax.several-rates')
                : t(quote.tax.behaviour === 'inclusive' ? 'price.including' : 'estimate.tax', {
                    percent: format.percent(quote.tax.percent),
                  })
              : t(`order.tax.${quote.taxReason}`)
          }
        >
          <Money amount={quote.firstTax} />
        </Line>
        <Line label={<span className="font-medium text-text">{t(isAtMost ? 'order.firstAtMost' : 'order.firstTotal')}</span>}>
          <Money amount={quote.firstTotal} className="font-semibold" />
        </Line>
      </dl>
    </div>
  )
}

/** The name of a service with its units: hours are said, pieces as well where there are several. */
export function CountedName({ name, unit, count }: { readonly name: string; readonly unit: SaleUnit; readonly count: string }) {
  const { t } = useTranslation('store')
  const { quantity } = useFormat()
  if (unit === 'hour') return <>{t('services.inHours', { name, quantity: quantity(count) })}</>
  return <>{count === '1' ? name : t('services.inPieces', { name, quantity: quantity(count) })}</>
}

type FeeLabelProps = { readonly line: QuoteLine /** Whether the same product is paid each period too. */; readonly hasRecurring: boolean }

/** What a line is for. A service that is paid once and no more is named as what it is, not as its setup. */
function FeeLabel({ line: { feeKind, role, name, hourly, amount, days, count, units }, hasRecurring }: FeeLabelProps) {
  const { t } = useTranslation('store')
  const times = count > 1 ? `${count} × ` : ''
  if (feeKind === 'setup' && !(units && !hasRecurring))
    return (
      <>
        {times}
        {role === 'main' ? t('order.line.setup') : t('order.line.setupOf', { name })}
      </>
    )
  return (
    <>
      {times}
      {units ? <CountedName name={name} {...units} /> : feeKind === 'usage' ? t('order.line.usage') : name}
      {hourly ? (
        <span className="block">
          <Rate rate={hourly} currency={amount.currency} /> {t('price.anHour')}
        </span>
      ) : null}
      {days ? <span className="block">{t('order.line.days', { charged: days.charged, count: days.all })}</span> : null}
    </>
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
