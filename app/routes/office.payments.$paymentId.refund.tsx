import { randomUUID } from 'node:crypto'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { toDecimal } from '#app/domain/money/money.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { readPaymentAtGateway } from '#app/reports/payments/disputes.server.ts'
import { readPayment } from '#app/reports/payments/query.server.ts'
import { refundPayment } from '#app/services/payments/refund-payment.server.ts'
import { creditWhatWasPaid } from '#app/services/refunds/credit-what-was-paid.server.ts'
import { requestRefund } from '#app/services/refunds/request-refund.server.ts'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { ReasonForm } from '#app/ui/forms/reason-form.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { usePaymentProblem } from '#app/ui/payments/use-payment-problem.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid, line, uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

const RefundForm = z.object({
  formKey: uuid,
  amount: line(20),
  reason: line(200),
  /** What of the payment: `overpaid`, or the document that is credited; `keep` leaves the money with the customer. */
  what: z
    .string()
    .regex(/^(overpaid|(give|keep):[0-9a-f-]{36})$/, 'invalid')
    .optional(),
})

export async function loader({ request, params }: LoaderFunctionArgs) {
  const paymentId = orNotFound(isUuid(params.paymentId) ? params.paymentId : null)
  const page = await asStaff(request, 'payment:write', async (ctx) => {
    const { id, buyerName, unapplied, allocations } = orNotFound(await readPayment(ctx, paymentId))
    const standing = allocations.filter(({ reversedAt }) => reversedAt === null)
    return { id, buyerName, unapplied, standing, isThroughGateway: (await readPaymentAtGateway(ctx, paymentId)) !== null }
  })
  return { ...page, formKey: randomUUID(), title: await pageTitle(request, 'payment', 'refund.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const paymentId = orNotFound(isUuid(params.paymentId) ? params.paymentId : null)
  const form = await parseForm(request, RefundForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { amount: typed, reason, formKey, what } = form.value
  const result = await asStaff(request, 'payment:write', async (ctx) => {
    const payment = orNotFound(await readPayment(ctx, paymentId))
    const amount = typedAmount(typed, payment.amount.currency)
    if (!amount) return null
    const [deed, invoiceId = null] = what?.split(':') ?? []
    if (deed === undefined) return refundPayment(ctx, { paymentId, amount, reason, sourceKey: `form:${formKey}` })
    if (deed === 'keep' && invoiceId) return creditWhatWasPaid(ctx, { paymentId, invoiceId, amount, reason })
    return requestRefund(ctx, { refundId: formKey, paymentId, amount, reason, invoiceId })
  })
  if (!result) return data({ fields: { amount: 'amount' }, values: form.value }, { status: 422 })
  if (!result.ok) return data({ problem: result.error, values: form.value }, { status: 409 })
  return redirectWithToast(request, `/office/payments/${paymentId}`, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function RefundPayment() {
  const { id, buyerName, unapplied, standing, isThroughGateway, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['payment', 'common'])
  const { error, typed } = useFieldErrors(answer)
  const to = `/office/payments/${id}`
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('payment:title'), to: '/office/payments' },
          { label: t('payment:one'), to },
        ]}
        title={t('payment:refund.title')}
        below={buyerName}
      />
      <ReasonForm
        lead={t(isThroughGateway ? 'payment:gateway.refundLead' : 'payment:refund.lead')}
        reason={{ label: t('payment:reason'), error: error('reason'), typed: typed('reason') }}
        problem={usePaymentProblem(answer)}
        back={{ to, label: t('payment:cancel') }}
        submit={t(isThroughGateway ? 'payment:gateway.giveBack' : 'payment:refund.make')}
      >
        <input type="hidden" name="formKey" value={typed('formKey') ?? formKey} />
        {isThroughGateway ? (
          <Select name="what" label={t('payment:gateway.what')} defaultValue={typed('what')} error={error('what')}>
            {unapplied.minor > 0n ? <option value="overpaid">{t('payment:gateway.overpaid')}</option> : null}
            {standing.map(({ id: allocationId, invoiceId, number }) => (
              <option key={allocationId} value={`give:${invoiceId}`}>
                {t('payment:gateway.creditAndGive', { number })}
              </option>
            ))}
            {standing.map(({ id: allocationId, invoiceId, number }) => (
              <option key={allocationId} value={`keep:${invoiceId}`}>
                {t('payment:gateway.creditAndKeep', { number })}
              </option>
            ))}
          </Select>
        ) : null}
        <TextInput
          name="amount"
          label={t('payment:allocate.amount', { currency: unapplied.currency })}
          defaultValue={typed('amount') ?? toDecimal(unapplied).toFixed()}
          error={error('amount')}
          required
          inputMode="decimal"
          dir="ltr"
          maxLength={20}
        />
      </ReasonForm>
    </>
  )
}
