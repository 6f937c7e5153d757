import { Form, useLocation, useSearchParams, useSubmit } from '@remix-run/react'
import { type FormEvent, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrderQuote } from '#app/reports/order-quote/shape.ts'
import type { StoreCatalog } from '#app/reports/store/shape.ts'
import { buttonClasses } from '#app/ui/button.tsx'
import { Checkbox, FieldNote, TextArea, TextInput } from '#app/ui/field.tsx'
import { FormToken } from '#app/ui/form-token.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { useFormat } from '#app/ui/use-format.ts'
import { useLabel } from '#app/ui/use-label.ts'
import { usePromotionErrors } from '#app/ui/use-promotion-errors.ts'
import { ImageCards, LocationCards, PlanCards } from './choices.tsx'
import { chosenOf } from './chosen.ts'
import { OrderSummary, SummaryBar } from './order-summary.tsx'

type Answer =
  | {
      readonly fields?: Readonly<Record<string, string>>
      readonly values?: Readonly<Record<string, string | undefined>>
      readonly problem?: string
    }
  | undefined
type Viewer = { readonly hasPanel: boolean; readonly isEmailConfirmed: boolean } | null
type ConfiguratorProps = { catalog: StoreCatalog; quote: OrderQuote; viewer: Viewer; idempotencyKey: string; answer: unknown }

/** One column of choices, and beside it the quote the server made of them. Choosing asks for a new quote; the address holds the choice. */
export function Configurator({ catalog, quote, viewer, idempotencyKey, answer: raw }: ConfiguratorProps) {
  const { t } = useTranslation(['store', 'common', 'promotion'])
  const answer = raw as Answer
  const [search] = useSearchParams()
  const chosen = chosenOf(catalog, search)
  const { error, typed, hasErrors } = usePromotionErrors(answer)
  const askAgain = useQuoteRefresh()
  if (!chosen) return null
  return (
    <Form method="post" onChange={askAgain} className="mt-8 grid grid-cols-1 gap-x-12 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <FormToken />
      {/* Enter in a field presses the first button of a form: it must be the order, not the one that only updates prices. */}
      <button type="submit" tabIndex={-1} aria-hidden className="sr-only" />
      <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
      <div className="grid gap-12 pb-10">
        <OrderProblem problem={answer?.problem} hasErrors={hasErrors} />
        <Part number={1} id="plan" title={t('order.plan')} error={error('plan')}>
          <PlanCards catalog={catalog} chosen={chosen} />
        </Part>
        <Part number={2} id="location" title={t('order.location')} error={error('location')}>
          <LocationCards catalog={catalog} chosen={chosen} />
        </Part>
        <Part number={3} id="image" title={t('order.image')} error={error('image')}>
          <ImageCards images={catalog.images} chosenCode={typed('image') ?? chosen.imageCode} />
        </Part>
        <Part number={4} id="access" title={t('order.nameAndAccess')}>
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
          <TextInput
            name="promoCode"
            label={t('promotion:order.label')}
            isOptional={t('common:optional')}
            autoComplete="off"
            dir="ltr"
            maxLength={200}
            defaultValue={typed('promoCode')}
            error={error('promoCode')}
            className="max-w-md"
          />
        </Part>
      </div>
      <aside aria-label={t('order.summary')} className="max-lg:contents">
        <div className="lg:sticky lg:top-6">
          <OrderSummary quote={quote} plan={chosen.plan} location={chosen.location} className="max-lg:hidden" />
          <Commit viewer={viewer} quote={quote} termsError={error('terms')} />
        </div>
      </aside>
      <SummaryBar quote={quote} plan={chosen.plan} location={chosen.location} />
    </Form>
  )
}

/** Asks for the quote of the new choice; texts typed so far stay where they are. */
function useQuoteRefresh() {
  const submit = useSubmit()
  const { pathname } = useLocation()
  const last = useRef('')
  return (event: FormEvent<HTMLFormElement>) => {
    const target = event.target as HTMLElement
    if (!(target instanceof HTMLInputElement) || target.type !== 'radio') return
    const fields = new FormData(event.currentTarget)
    const next = new URLSearchParams(
      ['plan', 'location', 'image'].flatMap((name) => (fields.get(name) ? [[name, String(fields.get(name))]] : [])),
    )
    if (next.toString() === last.current) return
    last.current = next.toString()
    submit(next, { method: 'get', action: pathname, replace: true, preventScrollReset: true })
  }
}

function OrderProblem({ problem, hasErrors }: { problem: string | undefined; hasErrors: boolean }) {
  const { t } = useTranslation(['store', 'common'])
  const label = useLabel()
  if (problem) {
    return (
      <Notice tone="critical" title={t('order.refused')}>
        {label(`store:orderProblem.${problem}`, problem)}
      </Notice>
    )
  }
  return hasErrors ? <Notice tone="critical" title={t('common:formError.title')} /> : null
}

function Part({
  number,
  id,
  title,
  error,
  children,
}: {
  number: number
  id: string
  title: string
  error?: string | undefined
  children: ReactNode
}) {
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-4 flex items-baseline gap-3 text-lg font-semibold">
        <span aria-hidden className="tabular text-muted">
          {number}
        </span>
        <h2>{title}</h2>
      </legend>
      <div className="grid gap-4">{children}</div>
      <div className="mt-2">
        <FieldNote id={id} error={error} />
      </div>
    </fieldset>
  )
}

/** The terms and the one button; a visitor signs in first and comes back to the same choice. */
function Commit({ viewer, quote, termsError }: { viewer: Viewer; quote: OrderQuote; termsError: string | undefined }) {
  const { t } = useTranslation(['store', 'common'])
  const format = useFormat()
  const { pathname, search } = useLocation()
  if (!viewer?.hasPanel) {
    const returnTo = encodeURIComponent(pathname + search)
    return (
      <div className="grid gap-3 lg:mt-4">
        <a href={`/sign-up?returnTo=${returnTo}`} className={buttonClasses('primary')}>
          {t('order.signUp')}
        </a>
        <p className="text-sm text-muted">
          {t('order.known')} <TextLink to={`/sign-in?returnTo=${returnTo}`}>{t('order.signIn')}</TextLink>
        </p>
      </div>
    )
  }
  return (
    <div className="grid gap-4 lg:mt-4">
      {viewer.isEmailConfirmed ? null : <Notice tone="warning">{t('orderProblem.email-unconfirmed')}</Notice>}
      <Checkbox
        name="terms"
        required
        error={termsError}
        label={
          <>
            {t('order.terms')} <TextLink to="/legal/terms">{t('common:footer.terms')}</TextLink>
          </>
        }
      />
      <SubmitButton>
        <span suppressHydrationWarning>{t('order.commit', { amount: format.money(quote.monthlyTotal) })}</span>
      </SubmitButton>
      <p className="text-sm text-muted">{t('order.hint')}</p>
    </div>
  )
}
