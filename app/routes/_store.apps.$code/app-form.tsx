import { Form, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { AppOffer } from '#app/reports/apps/shape.ts'
import type { OrderQuote } from '#app/reports/order-quote/shape.ts'
import type { OrderProject } from '#app/reports/projects/shape.ts'
import type { StoreCatalog } from '#app/reports/store/shape.ts'
import { buttonClasses } from '#app/ui/base/button.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { RadioCard } from '#app/ui/forms/radio-card.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { useFilledBefore } from '#app/ui/forms/use-filled-before.ts'
import { HostName, Key } from '../_store.order._index/access.tsx'
import type { OwnThings } from '../_store.order._index/chosen.ts'
import { FirstInvoice } from '../_store.order._index/order-summary.tsx'
import { ProjectChoice } from '../_store.order._index/own-places.tsx'
import { Part } from '../_store.order._index/part.tsx'
import { ToCart } from '../_store.order._index/to-cart.tsx'
import { placesFor } from './places.ts'
import { TierPart } from './tier-part.tsx'
import { useAppRefresh } from './use-app-refresh.ts'

export type AppFormProps = {
  readonly offer: AppOffer
  readonly catalog: Pick<StoreCatalog, 'plans' | 'locations' | 'images'> & { readonly own: OwnThings }
  readonly chosen: readonly { readonly code: string; readonly planCode: string; readonly count: number }[]
  readonly quote: OrderQuote | null
  readonly projects: readonly OrderProject[]
  readonly problems: Readonly<Record<string, string>>
}

/** Every tier with its sizes and number, the place and the name; beside them the quote the server made. The address holds the choice. */
export function AppForm({ offer, catalog, chosen, quote, projects, problems }: AppFormProps) {
  const { t } = useTranslation(['apps', 'store', 'common'])
  const { error, hasErrors } = useFieldErrors({ fields: problems })
  const askAgain = useAppRefresh()
  const form = useFilledBefore(askAgain)
  const last = offer.tiers.length
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
      <input type="hidden" name="app" value={offer.code} />
      <div className="grid gap-12 pb-10">
        {hasErrors ? <Notice tone="critical" title={t('store:order.notThis')} /> : null}
        {offer.tiers.map((tier, place) => (
          <Part key={tier.code} number={place + 1} id={`tier-${tier.code}`} title={tier.title} error={error(`plan-${tier.code}`)}>
            <TierPart tier={tier} offer={offer} catalog={catalog} chosen={chosen.find(({ code }) => code === tier.code)} error={error} />
          </Part>
        ))}
        <Part number={last + 1} id="location" title={t('store:order.location')} error={error('location')}>
          <Places offer={offer} catalog={catalog} chosen={chosen} />
        </Part>
        <Part number={last + 2} id="access" title={t('store:order.nameAndAccess')}>
          <Naming own={catalog.own} projects={projects} error={error} />
          {quote ? <ToCart /> : null}
        </Part>
        <noscript>
          <button type="submit" formAction={`/apps/${offer.code}`} formNoValidate className={buttonClasses('secondary', 'small')}>
            {t('store:estimate.update')}
          </button>
        </noscript>
      </div>
      <aside aria-label={t('store:order.summary')}>
        <div className="grid gap-4 lg:sticky lg:top-6">
          {quote ? <Summary quote={quote} /> : <Notice tone="warning">{t('noPrice')}</Notice>}
          {quote ? <SubmitButton>{t('store:order.toCheckout')}</SubmitButton> : null}
          <p className="pb-10 text-sm text-muted">{t('hint')}</p>
        </div>
      </aside>
    </Form>
  )
}

function Summary({ quote }: { quote: OrderQuote }) {
  const { t } = useTranslation('store')
  return (
    <div className="rounded-card border border-border bg-surface p-card text-sm" aria-live="polite">
      <h2 className="text-base font-semibold">{t('order.summary')}</h2>
      <FirstInvoice quote={quote} />
      <p className="mt-4 flex items-baseline justify-between gap-4 border-t border-border pt-4">
        <span className="font-medium">{t('order.monthMax')}</span>
        <Money amount={quote.monthlyTotal} className="text-lg font-semibold" />
      </p>
      <p className="mt-3 text-muted">
        {t('order.notIncluded')} {t('order.traffic')}
      </p>
    </div>
  )
}

/** Every place of the store; one that lacks a size that was chosen says so and stays closed. */
function Places({ offer: { network }, catalog, chosen }: Pick<AppFormProps, 'offer' | 'catalog' | 'chosen'>) {
  const { t } = useTranslation('apps')
  const [search] = useSearchParams()
  const format = useFormat()
  const offered = placesFor(catalog, { tiers: chosen, network }).map(({ code }) => code)
  const wanted = offered.find((code) => code === search.get('location')) ?? offered[0]
  return (
    <div key={chosen.map(({ planCode }) => planCode).join(' ')} className="grid gap-2 sm:grid-cols-2">
      {network ? <p className="text-sm text-muted sm:col-span-2">{t('inNetwork', { name: network.name })}</p> : null}
      {catalog.locations.map(({ code, city, country }) => (
        <RadioCard
          key={code}
          name="location"
          value={code}
          isChosen={code === wanted}
          title={city}
          detail={format.country(country)}
          closedBecause={offered.includes(code) ? undefined : t(network && network.zone !== code ? 'notInNetwork' : 'notHere')}
        />
      ))}
    </div>
  )
}

type NamingProps = Pick<AppFormProps, 'projects'> & { readonly own: OwnThings; readonly error: (name: string) => string | undefined }

/** The name that all its servers begin with, the key to them, and the project they belong to. */
function Naming({ own, projects, error }: NamingProps) {
  const { t } = useTranslation('apps')
  return (
    <>
      <HostName label={t('name')} help={t('nameHelp')} example="shop" longest={30} error={error} />
      <Key own={own} error={error} />
      <ProjectChoice projects={projects} error={error} />
    </>
  )
}
