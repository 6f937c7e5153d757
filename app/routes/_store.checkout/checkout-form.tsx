import { Form, useLocation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { usePromotionErrors } from '#app/ui/catalog/use-promotion-errors.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { ProofOfWork } from '#app/ui/forms/proof-of-work.tsx'
import { useFilledBefore } from '#app/ui/forms/use-filled-before.ts'
import type { PageWay, SavedWay } from '#app/ui/payments/way-to-pay.tsx'
import { Part } from '../_store.order._index/part.tsx'
import type { CheckoutAnswer } from './answer.server.ts'
import { BuyerFacts, BuyerFields, type KnownBuyer } from './buyer-part.tsx'
import type { Estimate } from './estimate.server.ts'
import { Ordered } from './ordered.tsx'
import type { OrderedThing } from './ordered-thing.ts'
import { PayPart } from './pay-part.tsx'
import { TermsPart } from './terms-part.tsx'
import { useEstimate } from './use-estimate.ts'

export type CheckoutPage = {
  readonly estimate: Estimate
  readonly buyer: KnownBuyer | null
  readonly saved: readonly SavedWay[]
  readonly pages: readonly PageWay[]
  /** Whether a bank transfer may be awaited for it. */
  readonly takesTransfers: boolean
  readonly ordered: readonly OrderedThing[]
  readonly country: string
  readonly task: string | null
  readonly idempotencyKey: string
}

/** Three short parts and one button: who buys, how it is paid, what is agreed. What is ordered stands above, and its address holds it. */
export function CheckoutForm({ page, answer }: { readonly page: CheckoutPage; readonly answer: CheckoutAnswer | undefined }) {
  const { t } = useTranslation(['store', 'auth'])
  const { search } = useLocation()
  const { estimate, ask } = useEstimate(answer?.estimate ?? page.estimate, answer?.id)
  const form = useFilledBefore(ask)
  const { error, typed, hasErrors } = usePromotionErrors(answer)
  return (
    <Form
      ref={form}
      method="post"
      action={`/checkout${search}`}
      onChange={ask}
      preventScrollReset
      className="group/checkout mt-6 grid gap-10"
    >
      <FormToken />
      {/* Enter in a field presses the first button of a form: it must be the order, not the one that only looks again. */}
      <button type="submit" tabIndex={-1} aria-hidden className="sr-only" />
      <input type="hidden" name="idempotencyKey" value={page.idempotencyKey} />
      <input type="hidden" name="shownTotal" value={estimate.quote.firstTotal.minor.toString()} />
      {page.task ? <ProofOfWork task={page.task} /> : null}
      {answer?.codeTask ? <ProofOfWork task={answer.codeTask} name="codeProof" /> : null}
      <Ordered ordered={page.ordered} quote={estimate.quote} />
      <CheckoutProblem problem={answer?.problem} retryAt={answer?.retryAt} hasErrors={hasErrors} />
      <Part number={1} id="buyer" title={t('checkout.buyer')}>
        {page.buyer ? (
          <BuyerFacts buyer={page.buyer} />
        ) : (
          <BuyerFields country={page.country} vat={estimate.vat} typed={typed} error={error} />
        )}
      </Part>
      <Part number={2} id="pay" title={t('checkout.pay')}>
        <PayPart page={page} estimate={estimate} typed={typed} error={error} />
      </Part>
      <Part number={3} id="agree" title={t('checkout.agree')}>
        <TermsPart page={page} estimate={estimate} typed={typed} error={error} />
      </Part>
    </Form>
  )
}

type ProblemProps = { readonly problem: string | undefined; readonly retryAt: Date | undefined; readonly hasErrors: boolean }

function CheckoutProblem({ problem, retryAt, hasErrors }: ProblemProps) {
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

/** What was typed in a field and what is wrong with it. */
export type FieldState = {
  readonly typed: (name: string) => string | undefined
  readonly error: (name: string) => string | undefined
}
