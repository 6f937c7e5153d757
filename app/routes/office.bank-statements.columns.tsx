import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { csvDayForms } from '#app/domain/reconciliation/csv-mapping.ts'
import { csvMappingOf, keepCsvMapping } from '#app/services/reconciliation/import-bank-statement.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

const optional = line(80).optional().default('')
const ColumnForm = z.object({
  day: line(80),
  dayForm: z.enum(csvDayForms, 'not-offered'),
  amount: line(80),
  decimal: z.enum([',', '.'], 'not-offered'),
  text: line(80),
  name: optional,
  iban: optional,
  reference: optional,
  bankReference: optional,
})

export async function loader({ request }: LoaderFunctionArgs) {
  const mapping = await asStaff(request, 'payment:write', (ctx) => csvMappingOf(ctx))
  return { mapping, title: await pageTitle(request, 'payment', 'columns.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, ColumnForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const kept = await asStaff(request, 'payment:write', (ctx) => keepCsvMapping(ctx, form.value))
  if (!kept.ok) return data({ problem: kept.error, values: form.value }, { status: 409 })
  return redirectWithToast(request, '/office/bank-statements', 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

const columns = ['day', 'amount', 'text', 'name', 'iban', 'reference', 'bankReference'] as const

export default function BankColumns() {
  const { mapping } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('payment')
  const { error, typed } = useFieldErrors(answer)
  const field = (name: keyof z.output<typeof ColumnForm>, value: string) => ({
    name,
    defaultValue: typed(name) ?? mapping?.[name] ?? value,
    error: error(name),
  })
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('bank.title'), to: '/office/bank-statements' }]}
        title={t('columns.title')}
        below={t('columns.lead')}
      />
      <Card className="max-w-2xl">
        <Form method="post" className="grid gap-5">
          <FormToken />
          {answer && 'problem' in answer ? <Notice tone="critical">{t('bank.noAccount')}</Notice> : null}
          <div className="grid gap-5 sm:grid-cols-2">
            {columns.map((name) => (
              <TextInput
                key={name}
                {...field(name, '')}
                label={t(`columns.${name}`)}
                maxLength={80}
                required={name === 'day' || name === 'amount' || name === 'text'}
              />
            ))}
            <Select {...field('dayForm', 'YYYY-MM-DD')} label={t('columns.dayForm')}>
              {csvDayForms.map((form) => (
                <option key={form}>{form}</option>
              ))}
            </Select>
            <Select {...field('decimal', ',')} label={t('columns.decimal')}>
              <option value=",">1.234,50</option>
              <option value=".">1,234.50</option>
            </Select>
          </div>
          <div>
            <SubmitButton>{t('columns.save')}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  )
}
