import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { listDocumentDrafts, listPayers } from '#app/reports/invoices/drafts.server.ts'
import { startDraft } from '#app/services/invoices/start-draft.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { Select } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'

const StartForm = z.object({ accountId: uuid, documentType: z.enum(['invoice', 'pro-forma']) })

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'invoice:write', async (ctx) => ({
    drafts: await listDocumentDrafts(ctx),
    payers: await listPayers(ctx),
  }))
  return { ...page, title: await pageTitle(request, 'invoicing', 'drafts.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, StartForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const result = await asStaff(request, 'invoice:write', (ctx) => startDraft(ctx, form.value))
  if (!result.ok) return data({ problem: result.error, values: form.value }, { status: 409 })
  return redirect(`/office/invoices/drafts/${result.value.draftId}`)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Drafts() {
  const { drafts } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['invoicing', 'office', 'common'])
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('office:nav.invoices'), to: '/office/invoices' }]}
        title={t('drafts.title')}
        below={t('drafts.lead')}
      />
      <div className="grid items-start gap-4 min-[80rem]:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Card isFlush>
          <Table
            caption={t('drafts.title')}
            rows={drafts}
            rowKey={({ id }) => id}
            empty={<EmptyState title={t('drafts.none')}>{t('drafts.noneText')}</EmptyState>}
            columns={[
              {
                key: 'account',
                head: t('drafts.account'),
                isPrimary: true,
                cell: ({ id, buyerName }) => <TextLink to={`/office/invoices/drafts/${id}`}>{buyerName}</TextLink>,
              },
              { key: 'type', head: t('drafts.type'), cell: ({ documentType }) => t(`common:documentType.${documentType}`) },
              { key: 'lines', head: t('drafts.lines'), isNumber: true, cell: ({ lines }) => lines },
              { key: 'changed', head: t('drafts.changed'), cell: ({ changedAt }) => <DateTime instant={changedAt} isShort /> },
            ]}
          />
        </Card>
        <BeginForm />
      </div>
    </>
  )
}

function BeginForm() {
  const { payers } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['invoicing', 'common'])
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card id="begin" title={t('drafts.begin')}>
      <Form method="post" className="flex flex-col gap-4">
        <FormToken />
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`drafts.problem.${answer.problem}`)}</Notice> : null}
        <Select name="accountId" label={t('drafts.account')} defaultValue={typed('accountId')} error={error('accountId')}>
          {payers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select name="documentType" label={t('drafts.type')} defaultValue={typed('documentType')} error={error('documentType')}>
          <option value="invoice">{t('common:documentType.invoice')}</option>
          <option value="pro-forma">{t('common:documentType.pro-forma')}</option>
        </Select>
        <SubmitButton>{t('drafts.start')}</SubmitButton>
      </Form>
    </Card>
  )
}
