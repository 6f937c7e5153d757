import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readInvoice } from '#app/reports/invoices/query.server.ts'
import { creditAndReissue } from '#app/services/invoices/credit-and-reissue.server.ts'
import { ReasonForm } from '#app/ui/forms/reason-form.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid, line } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

const DeedForm = z.object({ reason: line(200) })

export async function loader({ request, params }: LoaderFunctionArgs) {
  const invoiceId = orNotFound(isUuid(params.invoiceId) ? params.invoiceId : null)
  const { id, number } = orNotFound(await asStaff(request, 'invoice:write', (ctx) => readInvoice(ctx, invoiceId)))
  return { id, number, title: titleOf(number, brandOf(await tenantOf(request)).pack.name) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const invoiceId = orNotFound(isUuid(params.invoiceId) ? params.invoiceId : null)
  const form = await parseForm(request, DeedForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const result = await asStaff(request, 'invoice:write', (ctx) => creditAndReissue(ctx, { invoiceId, ...form.value }))
  if (!result.ok) return data({ problem: result.error, values: form.value }, { status: 409 })
  return redirect(`/office/invoices/drafts/${result.value.draftId}`)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function ReissueInvoice() {
  const { id, number } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['invoicing', 'office', 'common'])
  const { error, typed } = useFieldErrors(answer)
  const to = `/office/invoices/${id}`
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.invoices'), to: '/office/invoices' },
          { label: number, to },
        ]}
        title={t('reissue.title', { number })}
      />
      <ReasonForm
        lead={t('reissue.lead')}
        reason={{ label: t('credit.reason'), error: error('reason'), typed: typed('reason') }}
        problem={answer && 'problem' in answer ? t(`reissue.problem.${answer.problem}`) : undefined}
        back={{ to, label: t('deed.cancel') }}
        submit={t('reissue.make')}
      />
    </>
  )
}
