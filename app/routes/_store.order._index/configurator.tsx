import { Form, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { mostPieces } from '#app/domain/catalog/order-pieces.ts'
import type { OrderQuote } from '#app/reports/order-quote/shape.ts'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { useFilledBefore } from '#app/ui/forms/use-filled-before.ts'
import { Access } from './access.tsx'
import { ImageCards, LocationCards, PlanCards } from './choices.tsx'
import { chosenOf, type ReaderCatalog, wantedIn } from './chosen.ts'
import { OptionCards } from './option-cards.tsx'
import { OrderSummary, SummaryBar } from './order-summary.tsx'
import { type OwnPlaces, PlaceChoices } from './own-places.tsx'
import { Part, UpdatePrices } from './part.tsx'
import { ToCart } from './to-cart.tsx'
import { useQuoteRefresh } from './use-quote-refresh.ts'

type ConfiguratorProps = {
  readonly catalog: ReaderCatalog
  readonly quote: OrderQuote
  readonly places: OwnPlaces
  /** What of the choice in the address cannot be ordered, by field. */
  readonly problems: Readonly<Record<string, string>>
}

/** One column of choices, and beside it the quote the server made of them. Choosing asks for a new quote; the address holds the choice, and leads to the checkout. */
export function Configurator({ catalog, quote, places, problems }: ConfiguratorProps) {
  const { t } = useTranslation(['store', 'common'])
  const [search] = useSearchParams()
  const chosen = chosenOf(catalog, wantedIn(search))
  const { error, hasErrors } = useFieldErrors({ fields: problems })
  const askAgain = useQuoteRefresh()
  const form = useFilledBefore(askAgain)
  if (!chosen) return null
  const { plan, location } = chosen
  const hasOptions = quote.options.length > 0
  // Parts are numbered as they are shown: services alone have no place, no system and no access.
  const parts = ['plan', ...(plan.hasServer ? ['location', 'image'] : []), ...(hasOptions ? ['options'] : [])]
  const shown = [...parts, ...(plan.hasServer ? ['access'] : []), 'quantity']
  const numberOf = (part: string) => shown.indexOf(part) + 1
  return (
    <Form
      ref={form}
      method="get"
      action="/checkout"
      onChange={askAgain}
      className="mt-8 grid grid-cols-1 gap-x-12 lg:grid-cols-[minmax(0,1fr)_22rem]"
    >
      {/* Enter in a field presses the first button of a form: it must lead on, not only update prices. */}
      <button type="submit" tabIndex={-1} aria-hidden className="sr-only" />
      {search.get('code') ? <input type="hidden" name="code" value={search.get('code') ?? ''} /> : null}
      <div className="grid gap-12 pb-10">
        {hasErrors ? <Notice tone="critical" title={t('order.notThis')} /> : null}
        <Part number={numberOf('plan')} id="plan" title={t('order.plan')} error={error('plan')}>
          <PlanCards catalog={catalog} chosen={chosen} />
        </Part>
        {plan.hasServer ? (
          <>
            <Part number={numberOf('location')} id="location" title={t('order.location')} error={error('location')}>
              <LocationCards catalog={catalog} plan={plan} chosenCode={location?.code} />
            </Part>
            <Part number={numberOf('image')} id="image" title={t('order.image')} error={error('image')}>
              <ImageCards catalog={catalog} chosen={chosen} />
            </Part>
          </>
        ) : null}
        {hasOptions ? (
          <Part number={numberOf('options')} id="options" title={t('order.options')} error={error('options')}>
            <OptionCards key={plan.code} quote={quote} />
            <UpdatePrices />
          </Part>
        ) : null}
        {plan.hasServer ? (
          <Part number={numberOf('access')} id="access" title={t('order.nameAndAccess')}>
            <Access own={catalog.own} error={error} />
            <PlaceChoices places={places} zone={location?.code} error={error} />
          </Part>
        ) : null}
        <Part number={numberOf('quantity')} id="how-many" title={t('order.quantity')}>
          <Quantity hasServer={plan.hasServer} error={error('quantity')} />
          <ToCart />
        </Part>
      </div>
      <aside aria-label={t('order.summary')} className="max-lg:contents">
        <div className="lg:sticky lg:top-6">
          <OrderSummary quote={quote} plan={plan} location={location} className="max-lg:hidden" />
          <div className="grid gap-3 lg:mt-4">
            <SubmitButton>{t('order.toCheckout')}</SubmitButton>
            <p className="text-sm text-muted">{t(plan.hasServer ? 'order.hint' : 'order.bundleHint')}</p>
            <ShareLink ownImages={catalog.own.images.map(({ id }) => id)} />
          </div>
        </div>
      </aside>
      <SummaryBar quote={quote} plan={plan} location={location} />
    </Form>
  )
}

/** The address of this choice, without the name, the key and a private image, which are its maker's own. */
function ShareLink({ ownImages }: { readonly ownImages: readonly string[] }) {
  const { t } = useTranslation('store')
  const [search] = useSearchParams()
  const isShared = ([name, value]: [string, string]) =>
    ['plan', 'location', 'image', 'option', 'quantity'].includes(name) && !(name === 'image' && ownImages.includes(value))
  const shared = new URLSearchParams([...search].filter(isShared))
  return (
    <p className="text-sm">
      <TextLink to={`/order?${shared}`}>{t('order.share')}</TextLink>
    </p>
  )
}

/** How many of the same are ordered at once. */
function Quantity({ hasServer, error }: { readonly hasServer: boolean; readonly error: string | undefined }) {
  const { t } = useTranslation('store')
  const [search] = useSearchParams()
  return (
    <>
      <TextInput
        name="quantity"
        label={t('order.quantityLabel')}
        help={t(hasServer ? 'order.quantityHelp' : 'order.quantityServices', { most: mostPieces })}
        type="number"
        min={1}
        max={mostPieces}
        step={1}
        inputMode="numeric"
        defaultValue={search.get('quantity') ?? '1'}
        error={error}
        className="max-w-xs"
      />
      <UpdatePrices />
    </>
  )
}
