import { randomUUID } from 'node:crypto'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { toDecimal } from '#app/domain/money/money.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { readPayment } from '#app/reports/payments/query.server.ts'
import { refundPayment } from '#app/services/payments/refund-payment.server.ts'
import { TextInput } from '#app/ui/field.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { ReasonForm } from '#app/ui/reason-form.tsx'
import { useFieldErrors } from '#app/ui/use-field-errors.ts'
import { usePaymentProblem } from '#app/ui/use-payment-problem.ts'
import { asStaff } from '#app/web/as-staff.server.ts'
import { isUuid, line, uuid } from '#app/web/form-fields.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { parseForm } from '#app/web/parse-form.server.ts'
import { redirectWithToast } from '#app/web/redirects.server.ts'
import { orNotFound } from '#app/web/refuse.server.ts'

const RefundForm = z.object({ formKey: uuid, amount: line(20), reason: line(200) })

export async function loader({ request, params }: LoaderFunctionArgs) {
  const paymentId = orNotFound(isUuid(params.paymentId) ? params.paymentId : null)
  const { id, buyerName, unapplied } = orNotFound(await asStaff(request, 'payment:write', (ctx) => readPayment(ctx, paymentId)))
  return { id, buyerName, unapplied, formKey: randomUUID(), title: await pageTitle(request, 'payment', 'refund.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const paymentId = orNotFound(isUuid(params.paymentId) ? params.paymentId : null)
  const form = await parseForm(request, RefundForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { amount: typed, reason, formKey } = form.value
  const result = await asStaff(request, 'payment:write', async (ctx) => {
    const payment = orNotFound(await readPayment(ctx, paymentId))
    const amount = typedAmount(typed, payment.amount.currency)
    return amount ? refundPayment(ctx, { paymentId, amount, reason, sourceKey: `form:${formKey}` }) : null
  })
  if (!result) return data({ fields: { amount: 'amount' }, values: form.value }, { status: 422 })
  if (!result.ok) return data({ problem: result.error, values: form.value }, { status: 409 })
  return redirectWithToast(request, `/office/payments/${paymentId}`, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function RefundPayment() {
  const { id, buyerName, unapplied, formKey } = useLoaderData<typeof loader>()
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
        lead={t('payment:refund.lead')}
        reason={{ label: t('payment:reason'), error: error('reason'), typed: typed('reason') }}
        problem={usePaymentProblem(answer)}
        back={{ to, label: t('payment:cancel') }}
        submit={t('payment:refund.make')}
      >
        <input type="hidden" name="formKey" value={typed('formKey') ?? formKey} />
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
