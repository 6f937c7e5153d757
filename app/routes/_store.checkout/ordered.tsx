import { useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { OrderQuote } from '#app/reports/order-quote/shape.ts'
import type { StoreBundle, StoreLocation, StorePlan } from '#app/reports/store/shape.ts'
import { Money } from '#app/ui/money.tsx'
import { SpecLine } from '#app/ui/specs.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { FirstInvoice } from '../_store.order._index/order-summary.tsx'

export type OrderedThing = {
  readonly plan: StorePlan | StoreBundle
  readonly location: StoreLocation | undefined
  readonly image: string | null
  readonly name: string | null
}

/** What is ordered and what it costs, in one card that opens to the lines of the first invoice. */
export function Ordered({
  ordered: { plan, location, image, name },
  quote,
}: {
  readonly ordered: OrderedThing
  readonly quote: OrderQuote
}) {
  const { t } = useTranslation('store')
  const [query] = useSearchParams()
  return (
    <section aria-labelledby="ordered-title" className="rounded-card border border-border bg-surface p-card">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id="ordered-title" className="font-semibold">
          {plan.name}
          {location ? `, ${location.city}` : ''}
        </h2>
        <TextLink to={`/order?${query}`}>{t('checkout.change')}</TextLink>
      </div>
      <p className="text-sm text-muted">
        {plan.hasServer ? (
          <>
            <SpecLine size={plan} />
            {image ? (
              <>
                {' · '}
                <bdi>{image}</bdi>
              </>
            ) : null}
            {name ? (
              <>
                {' · '}
                <bdi dir="ltr">{name}</bdi>
              </>
            ) : null}
          </>
        ) : (
          plan.description
        )}
      </p>
      <div aria-live="polite" className="text-sm">
        <FirstInvoice quote={quote} />
        <p className="mt-3 flex items-baseline justify-between gap-4 border-t border-border pt-3 text-muted">
          {t('order.monthMax')} <Money amount={quote.monthlyTotal} />
        </p>
      </div>
    </section>
  )
}
