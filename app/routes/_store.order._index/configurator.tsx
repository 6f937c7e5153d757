import { Form, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { OrderQuote } from '#app/reports/order-quote/shape.ts'
import type { StoreCatalog } from '#app/reports/store/shape.ts'
import { DateTime } from '#app/ui/date-time.tsx'
import { TextArea, TextInput } from '#app/ui/field.tsx'
import { FormToken } from '#app/ui/form-token.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { useLabel } from '#app/ui/use-label.ts'
import { usePromotionErrors } from '#app/ui/use-promotion-errors.ts'
import { ImageCards, LocationCards, PlanCards } from './choices.tsx'
import { chosenOf, wantedIn } from './chosen.ts'
import { Commit, type OrderViewer } from './commit.tsx'
import { OptionCards } from './option-cards.tsx'
import type { OrderAnswer } from './order-deeds.server.ts'
import { OrderSummary, SummaryBar } from './order-summary.tsx'
import { Part, UpdatePrices } from './part.tsx'
import { PromoCodes } from './promo-codes.tsx'
import { useQuoteRefresh } from './use-quote-refresh.ts'

type ConfiguratorProps = { catalog: StoreCatalog; quote: OrderQuote; viewer: OrderViewer; idempotencyKey: string; answer: unknown }

/** One column of choices, and beside it the quote the server made of them. Choosing asks for a new quote; the address holds the choice. */
export function Configurator({ catalog, quote: asked, viewer, idempotencyKey, answer: raw }: ConfiguratorProps) {
  const { t } = useTranslation('store')
  const answer = raw as OrderAnswer | undefined
  const [search] = useSearchParams()
  const chosen = chosenOf(catalog, answer?.values ?? wantedIn(search))
  const quote = answer?.quote ?? asked
  const applied = answer?.applied ?? []
  const { error, typed, hasErrors } = usePromotionErrors(answer)
  const askAgain = useQuoteRefresh(applied)
  if (!chosen) return null
  const { plan, location } = chosen
  const hasOptions = quote.options.length > 0
  // Parts are numbered as they are shown: services alone have no place, no system and no access.
  const parts = ['plan', ...(plan.hasServer ? ['location', 'image'] : []), ...(hasOptions ? ['options'] : [])]
  const numberOf = (part: string) => [...parts, ...(plan.hasServer ? ['access'] : []), 'codes'].indexOf(part) + 1
  return (
    <Form
      method="post"
      onChange={askAgain}
      preventScrollReset
      className="mt-8 grid grid-cols-1 gap-x-12 lg:grid-cols-[minmax(0,1fr)_22rem]"
    >
      <FormToken />
      {/* Enter in a field presses the first button of a form: it must be the order, not the one that only updates prices. */}
      <button type="submit" tabIndex={-1} aria-hidden className="sr-only" />
      <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
      <div className="grid gap-12 pb-10">
        <OrderProblem problem={answer?.problem} retryAt={answer?.retryAt} hasErrors={hasErrors} />
        <Part number={numberOf('plan')} id="plan" title={t('order.plan')} error={error('plan')}>
          <PlanCards catalog={catalog} chosen={chosen} />
        </Part>
        {plan.hasServer ? (
          <>
            <Part number={numberOf('location')} id="location" title={t('order.location')} error={error('location')}>
              <LocationCards catalog={catalog} plan={plan} chosenCode={location?.code} />
            </Part>
            <Part number={numberOf('image')} id="image" title={t('order.image')} error={error('image')}>
              <ImageCards images={catalog.images} chosenCode={typed('image') || chosen.imageCode} />
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
            <Access typed={typed} error={error} />
          </Part>
        ) : null}
        <Part number={numberOf('codes')} id="codes" title={t('order.code.title')}>
          <PromoCodes quote={quote} applied={applied} isVisitor={!viewer?.hasPanel} typed={typed('promoCode')} error={error('promoCode')} />
        </Part>
      </div>
      <aside aria-label={t('order.summary')} className="max-lg:contents">
        <div className="lg:sticky lg:top-6">
          <OrderSummary quote={quote} plan={plan} location={location} className="max-lg:hidden" />
          <Commit viewer={viewer} quote={quote} hasServer={plan.hasServer} termsError={error('terms')} />
        </div>
      </aside>
      <SummaryBar quote={quote} plan={plan} location={location} />
    </Form>
  )
}

type AccessProps = { readonly typed: (name: string) => string | undefined; readonly error: (name: string) => string | undefined }

/** The name of the server and the key to it. */
function Access({ typed, error }: AccessProps) {
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
        defaultValue={typed('name') ?? search.get('name') ?? undefined}
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
        defaultValue={typed('sshKey')}
        error={error('sshKey')}
      />
    </>
  )
}

type OrderProblemProps = { problem: string | undefined; retryAt: Date | undefined; hasErrors: boolean }

function OrderProblem({ problem, retryAt, hasErrors }: OrderProblemProps) {
  const { t } = useTranslation(['store', 'common'])
  const label = useLabel()
  if (problem) {
    return (
      <Notice tone="critical" title={t('order.refused')}>
        {label(`store:orderProblem.${problem}`, problem)} {retryAt ? <DateTime instant={retryAt} /> : null}
      </Notice>
    )
  }
  return hasErrors ? <Notice tone="critical" title={t('common:formError.title')} /> : null
}
