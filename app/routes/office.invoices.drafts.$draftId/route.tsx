import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readDocumentDraftView } from '#app/reports/invoices/draft-view.server.ts'
import { listLineProducts } from '#app/reports/invoices/drafts.server.ts'
import { previewDraft } from '#app/services/invoices/preview-draft.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { InvoiceSheet } from '#app/ui/documents/invoice-sheet.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { BuyerFields } from './buyer-fields.tsx'
import { doDraftDeed } from './do-draft-deed.server.ts'
import { DraftForm, type DraftValues, newLines } from './draft-form.ts'
import { type EditedLine, LineFields } from './line-fields.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const draftId = orNotFound(isUuid(params.draftId) ? params.draftId : null)
  const page = await asStaff(request, 'invoice:write', async (ctx) => {
    const draft = orNotFound(await readDocumentDraftView(ctx, draftId))
    if (draft.invoiceId) throw redirect(`/office/invoices/${draft.invoiceId}`)
    if (draft.state !== 'open') throw redirect('/office/invoices/drafts')
    return { draft, products: await listLineProducts(ctx), preview: await previewDraft(ctx, { draftId }) }
  })
  return { ...page, title: await pageTitle(request, 'invoicing', 'drafts.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const draftId = orNotFound(isUuid(params.draftId) ? params.draftId : null)
  const form = await parseForm(request, DraftForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const values = form.value as DraftValues
  const done = await doDraftDeed(request, draftId, values)
  if (done.ok) return done.to ? redirect(done.to) : data({ saved: true as const })
  const typed = Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])))
  if ('field' in done) return data({ fields: { [done.field]: 'invalid' }, values: typed }, { status: 422 })
  return data({ problem: done.code, values: typed }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Draft() {
  const { draft, preview } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['invoicing', 'office', 'common'])
  const isRefused = answer && 'problem' in answer ? answer.problem : undefined
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.invoices'), to: '/office/invoices' },
          { label: t('drafts.title'), to: '/office/invoices/drafts' },
        ]}
        title={t('draft.title', { type: t(`common:documentType.${draft.documentType}`) })}
        below={draft.buyer.name}
      />
      <div className="flex flex-col gap-4">
        {answer && 'saved' in answer ? <Notice tone="positive">{t('draft.saved')}</Notice> : null}
        {isRefused ? <Notice tone="critical">{t(`draft.problem.${isRefused}`)}</Notice> : null}
        <Editor key={draft.version} />
        <Card id="preview" title={t('draft.preview')} isFlush>
          {preview.ok ? (
            <InvoiceSheet invoice={preview.value} />
          ) : (
            <p className="px-card pb-card text-sm text-muted">{t(`draft.problem.${preview.error}`)}</p>
          )}
        </Card>
      </div>
    </>
  )
}

const emptyLine: EditedLine = { kind: 'new', text: '', product: null, quantity: '1', unitPrice: '' }

function Editor() {
  const { draft, products } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['invoicing', 'common'])
  const fields = useFieldErrors(answer && 'values' in answer ? answer : undefined)
  const lines = [...draft.lines, ...Array.from({ length: newLines }, () => emptyLine)]
  return (
    <Form method="post" className="flex flex-col gap-4">
      <FormToken />
      <input type="hidden" name="version" value={draft.version} />
      <Card id="lines" title={t('draft.lines')} aside={draft.currency}>
        <ul className="flex flex-col divide-y divide-border">
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place in the form -- it has no other name
            <LineFields key={index} line={line} index={index} products={products} fields={fields} />
          ))}
        </ul>
        <TextInput
          name="reason"
          label={t('draft.reason')}
          help={t('draft.reasonHelp')}
          maxLength={300}
          defaultValue={fields.typed('reason') ?? draft.reason ?? ''}
          error={fields.error('reason')}
          className="mt-4"
        />
      </Card>
      <Card id="buyer" title={t('draft.buyer')}>
        <BuyerFields buyer={draft.buyer} fields={fields} />
      </Card>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton name="intent" value="save" look="secondary">
          {t('draft.save')}
        </SubmitButton>
        <SubmitButton name="intent" value="issue">
          {t('draft.issue')}
        </SubmitButton>
        <SubmitButton name="intent" value="discard" look="danger">
          {t('draft.discard')}
        </SubmitButton>
        <p className="text-sm text-muted">{t('draft.issueLead')}</p>
      </div>
    </Form>
  )
}
