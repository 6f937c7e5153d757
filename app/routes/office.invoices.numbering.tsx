import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { documentTypes } from '#app/domain/invoice/document-type.ts'
import { listNumberSeries, type NumberSeriesView } from '#app/reports/invoices/number-series.server.ts'
import { setNumberFormat } from '#app/services/invoices/set-number-format.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'

const fieldOf = (type: (typeof documentTypes)[number]) => `format-${type}`
const NumberingForm = z.object({
  type: z.enum(['invoice', 'credit-note', 'debit-note', 'pro-forma', 'prepayment-receipt', 'self-billed']),
  ...Object.fromEntries(documentTypes.map((type) => [fieldOf(type), z.string().trim().max(80).optional()])),
})

export async function loader({ request }: LoaderFunctionArgs) {
  const series = await asStaff(request, 'settings:write', listNumberSeries)
  return { series, title: await pageTitle(request, 'invoicing', 'numbering.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, NumberingForm)
  if (!form.ok) return data({ type: null, problem: 'unknown-token' as const, format: '' }, { status: 422 })
  // Besides the type, every field is the text of a format.
  const values = form.value as { type: (typeof documentTypes)[number] } & Record<string, string | undefined>
  const { type } = values
  const format = values[fieldOf(type)] ?? ''
  const result = await asStaff(request, 'settings:write', (ctx) => setNumberFormat(ctx, { documentType: type, format }))
  return result.ok ? data({ saved: type }) : data({ type, problem: result.error, format }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Numbering() {
  const { series } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['invoicing', 'office'])
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('office:nav.invoices'), to: '/office/invoices' }]}
        title={t('numbering.title')}
        below={t('numbering.lead')}
      />
      <div className="flex max-w-3xl flex-col gap-4">
        {answer && 'saved' in answer ? <Notice tone="positive">{t('numbering.saved')}</Notice> : null}
        <p className="text-sm text-muted">{t('numbering.formatHelp')}</p>
        {series.map((each) => (
          <SeriesCard key={`${each.documentType}-${each.format}`} series={each} answer={answer} />
        ))}
      </div>
    </>
  )
}

type Refusal = Exclude<NonNullable<ReturnType<typeof useActionData<typeof action>>>, { saved: unknown }>

function SeriesCard({ series, answer }: { series: NumberSeriesView; answer: Refusal | { saved: string } | undefined }) {
  const { t } = useTranslation(['invoicing', 'common'])
  const { documentType, format, nextNumber, taken } = series
  const refused = answer && 'problem' in answer && answer.type === documentType ? answer : undefined
  return (
    <Card id={documentType} title={t(`common:documentType.${documentType}`)}>
      <Form method="post" className="grid items-start gap-4 sm:grid-cols-2">
        <FormToken />
        <input type="hidden" name="type" value={documentType} />
        <TextInput
          name={fieldOf(documentType)}
          label={t('numbering.format')}
          dir="ltr"
          required
          maxLength={80}
          defaultValue={refused?.format ?? format}
          error={refused ? t(`numbering.problem.${refused.problem}`) : undefined}
        />
        <dl className="grid grid-cols-2 gap-4 text-sm">
          <div>
            <dt className="text-muted">{t('numbering.next')}</dt>
            <dd className="mt-1 font-medium">
              <bdi dir="ltr" className="whitespace-nowrap">
                {nextNumber}
              </bdi>
            </dd>
          </div>
          <div>
            <dt className="text-muted">{t('numbering.taken')}</dt>
            <dd className="tabular mt-1">{taken}</dd>
          </div>
        </dl>
        <div>
          <SubmitButton look="secondary" size="small">
            {t('numbering.save')}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
