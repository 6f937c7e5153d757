import { useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { OrderQuote } from '#app/reports/order-quote/shape.ts'
import { Money } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { SpecLine } from '#app/ui/cloud/specs.tsx'
import { CountedName, FirstInvoice } from '../_store.order._index/order-summary.tsx'
import type { OrderedThing } from './ordered-thing.ts'

type OrderedProps = { readonly ordered: readonly OrderedThing[]; readonly quote: OrderQuote }

/** What is ordered and what it costs, in one card that opens to the lines of the first invoice. */
export function Ordered({ ordered, quote }: OrderedProps) {
  const { t } = useTranslation('store')
  const [query] = useSearchParams()
  return (
    <section aria-labelledby="ordered-title" className="rounded-card border border-border bg-surface p-card">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id="ordered-title" className="font-semibold">
          {t('checkout.ordered')}
        </h2>
        <TextLink to={changeOf(query)} isOtherArea={query.has('scale')}>
          {t('checkout.change')}
        </TextLink>
      </div>
      <ul className="mt-2 grid gap-3">
        {ordered.map((thing, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: things of an order keep their places -- two of them may be alike
          <li key={index}>
            <Thing thing={thing} />
          </li>
        ))}
      </ul>
      <div aria-live="polite" className="text-sm">
        <FirstInvoice quote={quote} />
        <p className="mt-3 flex items-baseline justify-between gap-4 border-t border-border pt-3 text-muted">
          {t('order.monthMax')} <Money amount={quote.monthlyTotal} />
        </p>
      </div>
    </section>
  )
}

/** Where what is ordered can be changed. */
function changeOf(query: URLSearchParams): string {
  const [app, scaled, service] = [query.get('app'), query.get('scale'), query.get('service')]
  if (scaled) return `/panel/applications/${encodeURIComponent(scaled)}`
  if (app) return `/apps/${encodeURIComponent(app)}?${query}`
  if (service) return `/services/${encodeURIComponent(service)}?${query}`
  return query.has('cart') ? '/cart' : `/order?${query}`
}

/** One thing of an order: what, where, how many, and under which name. */
export function Thing({ thing: { plan, location, image, name, quantity, units, note } }: { readonly thing: OrderedThing }) {
  return (
    <>
      <p className="font-medium">
        {quantity > 1 ? `${quantity} × ` : ''}
        {'unit' in plan ? <CountedName name={plan.name} unit={plan.unit} count={String(units ?? 1)} /> : plan.name}
        {location ? `, ${location.city}` : ''}
      </p>
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
      {note ? <p className="text-sm whitespace-pre-line">{note}</p> : null}
    </>
  )
}
