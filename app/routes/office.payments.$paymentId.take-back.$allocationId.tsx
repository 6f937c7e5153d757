import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readPayment } from '#app/reports/payments/query.server.ts'
import { takeBackAllocation } from '#app/services/payments/take-back-allocation.server.ts'
import { ReasonForm } from '#app/ui/forms/reason-form.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid, line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'

const TakeBackForm = z.object({ reason: line(200) })

export async function loader({ request, params }: LoaderFunctionArgs) {
  const paymentId = orNotFound(isUuid(params.paymentId) ? params.paymentId : null)
  const payment = orNotFound(await asStaff(request, 'payment:write', (ctx) => readPayment(ctx, paymentId)))
  const allocation = orNotFound(payment.allocations.find(({ id }) => id === params.allocationId))
  return { paymentId, number: allocation.number, title: await pageTitle(request, 'payment', 'takeBack.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const paymentId = orNotFound(isUuid(params.paymentId) ? params.paymentId : null)
  const allocationId = orNotFound(isUuid(params.allocationId) ? params.allocationId : null)
  const form = await parseForm(request, TakeBackForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const result = await asStaff(request, 'payment:write', (ctx) => takeBackAllocation(ctx, { allocationId, ...form.value }))
  if (!result.ok) throw refuse(404, 'not-found')
  return redirectWithToast(request, `/office/payments/${paymentId}`, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function TakeBack() {
  const { paymentId, number } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('payment')
  const { error, typed } = useFieldErrors(answer)
  const to = `/office/payments/${paymentId}`
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('title'), to: '/office/payments' },
          { label: t('one'), to },
        ]}
        title={t('takeBack.title')}
        below={<bdi dir="ltr">{number}</bdi>}
      />
      <ReasonForm
        lead={t('takeBack.lead')}
        reason={{ label: t('reason'), error: error('reason'), typed: typed('reason') }}
        back={{ to, label: t('cancel') }}
        submit={t('takeBack.make')}
      />
    </>
  )
}
