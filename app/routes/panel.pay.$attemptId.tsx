import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { isFinished } from '#app/domain/payment-attempt/attempt-state.ts'
import { readAttemptView } from '#app/reports/paying/query.server.ts'
import { settleAttempt } from '#app/services/gateways/settle-attempt.server.ts'
import { AttemptPage } from '#app/ui/payments/attempt-page.tsx'
import { payerOf } from '#app/web/desks/pay-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf, oneOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** The page of one try to pay. Who comes from the gateway, or waits for an outcome, sees what the gateway says now. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { process } = await payerOf(request)
  const attemptId = orNotFound(isUuid(params.attemptId) ? params.attemptId : null)
  const read = () => asCustomer(request, 'payment:write', (ctx) => readAttemptView(ctx, attemptId))
  const known = orNotFound(await read())
  const from = oneOf(['form', 'gateway', 'cancelled'], filterOf(request).get('from'))
  const isAsked = !isFinished(known.state) && (from === 'gateway' || from === 'cancelled' || known.isUnderWay || known.state === 'unknown')
  if (isAsked) await settleAttempt(process, attemptId)
  const attempt = isAsked ? orNotFound(await read()) : known
  // A page of the gateway may not be opened by the answer to a form: the browser's policy for forms holds on the way there, too.
  const isSentOn = from === 'form' && (attempt.state === 'pending' || attempt.state === 'action-required') && !attempt.isUnderWay
  return { attempt, goTo: isSentOn ? attempt.redirectUrl : null, title: await pageTitle(request, 'pay', 'attempt') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page?.title },
  ...(page?.goTo ? [{ httpEquiv: 'refresh', content: `0;url=${page.goTo}` }] : []),
]

export default function Attempt() {
  const { attempt, goTo } = useLoaderData<typeof loader>()
  const { t } = useTranslation('panel')
  return <AttemptPage attempt={attempt} goTo={goTo} crumb={{ label: t('nav.invoices'), to: '/panel/invoices' }} />
}
