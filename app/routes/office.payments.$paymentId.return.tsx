import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readPayment } from '#app/reports/payments/query.server.ts'
import { returnPayment } from '#app/services/payments/refund-payment.server.ts'
import { ReasonForm } from '#app/ui/forms/reason-form.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { usePaymentProblem } from '#app/ui/payments/use-payment-problem.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid, line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

const ReturnForm = z.object({ reason: line(200) })

export async function loader({ request, params }: LoaderFunctionArgs) {
  const paymentId = orNotFound(isUuid(params.paymentId) ? params.paymentId : null)
  const { id, buyerName } = orNotFound(await asStaff(request, 'payment:write', (ctx) => readPayment(ctx, paymentId)))
  return { id, buyerName, title: await pageTitle(request, 'payment', 'return.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const paymentId = orNotFound(isUuid(params.paymentId) ? params.paymentId : null)
  const form = await parseForm(request, ReturnForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  // A payment goes back as a whole once, however often the form is sent.
  const result = await asStaff(request, 'payment:write', (ctx) =>
    returnPayment(ctx, { paymentId, ...form.value, sourceKey: `returned:${paymentId}` }),
  )
  if (!result.ok) return data({ problem: result.error, values: form.value }, { status: 409 })
  return redirectWithToast(request, `/office/payments/${paymentId}`, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function ReturnPayment() {
  const { id, buyerName } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('payment')
  const { error, typed } = useFieldErrors(answer)
  const to = `/office/payments/${id}`
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('title'), to: '/office/payments' },
          { label: t('one'), to },
        ]}
        title={t('return.title')}
        below={buyerName}
      />
      <ReasonForm
        lead={t('return.lead')}
        reason={{ label: t('reason'), error: error('reason'), typed: typed('reason') }}
        problem={usePaymentProblem(answer)}
        back={{ to, label: t('cancel') }}
        submit={t('return.make')}
      />
    </>
  )
}
