import { Form, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { OrderQuote } from '#app/reports/order-quote/shape.ts'
import type { StoreCatalog } from '#app/reports/store/shape.ts'
import { TextArea, TextInput } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { useFieldErrors } from '#app/ui/use-field-errors.ts'
import { ImageCards, LocationCards, PlanCards } from './choices.tsx'
import { chosenOf, wantedIn } from './chosen.ts'
import { OptionCards } from './option-cards.tsx'
import { OrderSummary, SummaryBar } from './order-summary.tsx'
import { Part, UpdatePrices } from './part.tsx'
import { useQuoteRefresh } from './use-quote-refresh.ts'

type ConfiguratorProps = {
  readonly catalog: StoreCatalog
  readonly quote: OrderQuote
  /** What of the choice in the address cannot be ordered, by field. */
  readonly problems: Readonly<Record<string, string>>
}

/** One column of choices, and beside it the quote the server made of them. Choosing asks for a new quote; the address holds the choice, and leads to the checkout. */
export function Configurator({ catalog, quote, problems }: ConfiguratorProps) {
  const { t } = useTranslation(['store', 'common'])
  const [search] = useSearchParams()
  const chosen = chosenOf(catalog, wantedIn(search))
  const { error, hasErrors } = useFieldErrors({ fields: problems })
  const askAgain = useQuoteRefresh()
  if (!chosen) return null
  const { plan, location } = chosen
  const hasOptions = quote.options.length > 0
  // Parts are numbered as they are shown: services alone have no place, no system and no access.
  const parts = ['plan', ...(plan.hasServer ? ['location', 'image'] : []), ...(hasOptions ? ['options'] : [])]
  const numberOf = (part: string) => [...parts, 'access'].indexOf(part) + 1
  return (
    <Form method="get" action="/checkout" onChange={askAgain} className="mt-8 grid grid-cols-1 gap-x-12 lg:grid-cols-[minmax(0,1fr)_22rem]">
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
              <ImageCards images={catalog.images} chosenCode={chosen.imageCode} />
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
            <Access error={error} />
          </Part>
        ) : null}
      </div>
      <aside aria-label={t('order.summary')} className="max-lg:contents">
        <div className="lg:sticky lg:top-6">
          <OrderSummary quote={quote} plan={plan} location={location} className="max-lg:hidden" />
          <div className="grid gap-3 lg:mt-4">
            <SubmitButton>{t('order.toCheckout')}</SubmitButton>
            <p className="text-sm text-muted">{t(plan.hasServer ? 'order.hint' : 'order.bundleHint')}</p>
            <ShareLink />
          </div>
        </div>
      </aside>
      <SummaryBar quote={quote} plan={plan} location={location} />
    </Form>
  )
}

/** The address of this choice, without the name and the key, which are its maker's own. */
function ShareLink() {
  const { t } = useTranslation('store')
  const [search] = useSearchParams()
  const shared = new URLSearchParams([...search].filter(([name]) => ['plan', 'location', 'image', 'option'].includes(name)))
  return (
    <p className="text-sm">
      <TextLink to={`/order?${shared}`}>{t('order.share')}</TextLink>
    </p>
  )
}

/** The name of the server and the key to it. */
function Access({ error }: { readonly error: (name: string) => string | undefined }) {
  const { t } = useTranslation(['store', 'common'])
  const [search] = useSearchParams()
  return (
    <>
      <TextInput
        name="name"
        label={t('order.name')}
        help={t('order.nameHelp')}
        placeholder="web-1"
        required
        maxLength={63}
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="none"
        dir="ltr"
        defaultValue={search.get('name') ?? undefined}
        error={error('name')}
        className="max-w-md"
      />
      <TextArea
        name="sshKey"
        label={t('order.sshKey')}
        help={t('order.sshKeyHelp')}
        isOptional={t('common:optional')}
        isCode
        placeholder="ssh-ed25519 AAAA…"
        autoComplete="off"
        spellCheck={false}
        defaultValue={search.get('sshKey') ?? undefined}
        error={error('sshKey')}
      />
    </>
  )
}
