import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { money } from '#app/domain/money/money.ts'
import { readInvoice } from '#app/reports/invoices/query.server.ts'
import { previewCreditNote } from '#app/services/invoices/preview-credit-note.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { Checkbox, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { type FormChange, useFilledBefore } from '#app/ui/forms/use-filled-before.ts'
import { useLiveAnswer } from '#app/ui/forms/use-live-answer.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { type CreditAnswer, credit, readCreditForm } from './credit.server.ts'
import { CreditFields } from './credit-fields.tsx'
import { FiguresCard } from './figures-card.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const invoiceId = orNotFound(isUuid(params.invoiceId) ? params.invoiceId : null)
  const page = await asStaff(request, 'invoice:write', async (ctx) => {
    const invoice = orNotFound(await readInvoice(ctx, invoiceId))
    const preview = orNotFound(await previewCreditNote(ctx, { invoiceId, request: null }))
    const lines = invoice.sections.flatMap((section) => section.lines)
    return {
      id: invoice.id,
      number: invoice.number,
      rest: preview.rest,
      lines: lines.map((line) => ({ ...line, rest: preview.lineRests.get(line.id) ?? money(0n, line.net.currency) })),
    }
  })
  return { ...page, title: titleOf(page.number, brandOf(await tenantOf(request)).pack.name) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const form = await readCreditForm(request, params.invoiceId)
  if (!form.ok) return data(form.refusal, { status: 422 })
  const { typed, wish } = form
  if (wish.intent === 'issue' && wish.reason.length < 3) return data({ fields: { reason: 'required' }, values: typed }, { status: 422 })

  const done = await asStaff(request, 'invoice:write', (ctx) => credit(ctx, wish))
  if ('creditNoteId' in done) return redirect(`/office/invoices/${done.creditNoteId}`)
  if ('figures' in done) return data({ figures: done.figures, values: typed })
  if ('field' in done) return data({ fields: { [done.field]: 'invalid' }, values: typed }, { status: 422 })
  return data({ problem: done.problem, values: typed }, { status: wish.intent === 'issue' ? 409 : 200 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

const wordFields = new Set(['reason', 'again'])

export default function Credit() {
  const { id, number, rest, lines } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const live = useLiveAnswer<CreditAnswer>()
  const { t } = useTranslation(['invoicing', 'office', 'common'])
  const fields = useFieldErrors(answer && 'values' in answer ? answer : undefined)
  const to = `/office/invoices/${id}`
  const shown = live.answer ?? answer
  // The figures follow what is typed, but for words; without scripts a button brings them.
  const follow = ({ target, currentTarget }: FormChange) => {
    if (target instanceof HTMLInputElement && wordFields.has(target.name)) return
    live.ask({ path: `${to}/credit/figures`, form: new FormData(currentTarget) })
  }
  const form = useFilledBefore(follow)
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.invoices'), to: '/office/invoices' },
          { label: number, to },
        ]}
        title={t('credit.title', { number })}
        below={t('credit.lead')}
      />
      <Form ref={form} method="post" onChange={follow} className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <FormToken />
        <Card>
          <div className="flex flex-col gap-6">
            <CreditFields lines={lines} rest={rest} fields={fields} />
            <TextInput
              name="reason"
              label={t('credit.reason')}
              help={t('credit.reasonHelp')}
              maxLength={200}
              defaultValue={fields.typed('reason')}
              error={fields.error('reason')}
            />
            <Checkbox name="again" label={t('credit.again')} defaultChecked={fields.typed('again') === 'on'} />
          </div>
        </Card>
        <div className="flex flex-col gap-4 lg:sticky lg:top-20">
          <FiguresCard
            rest={rest}
            {...(shown && 'figures' in shown ? { figures: shown.figures } : {})}
            {...(shown && 'problem' in shown ? { problem: shown.problem } : {})}
          />
          <SubmitButton name="intent" value="preview" look="secondary">
            {t('credit.preview')}
          </SubmitButton>
          <SubmitButton name="intent" value="issue">
            {t('credit.make')}
          </SubmitButton>
          <ButtonLink to={to} look="quiet">
            {t('deed.cancel')}
          </ButtonLink>
        </div>
      </Form>
    </>
  )
}
