import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { germanCharts } from '#app/domain/accounting-export/account-numbers.ts'
import { readNumberedChart } from '#app/reports/exports/numbers.server.ts'
import { numberLedgerAccounts, saveAccountingSettings } from '#app/services/exports/save-accounting-settings.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { ReportTabs } from '#app/ui/shell/report-tabs.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { NumberForm, NumberTable } from './number-table.tsx'

const digits = (least: number, most: number) =>
  z
    .string('required')
    .regex(/^\d{1,7}$/, 'invalid')
    .transform(Number)
    .refine((value) => value >= least && value <= most, 'invalid')

const SettingsForm = z.object({
  chart: z.enum(germanCharts, 'invalid'),
  consultant: digits(1001, 9_999_999),
  client: digits(1, 99_999),
  fiscalMonth: digits(1, 12),
})
const AccountForm = z.object({
  code: z.string('required').regex(/^[a-z][a-z0-9.-]{0,79}$/i, 'invalid'),
  number: z
    .string()
    .regex(/^\d{4}$/, 'account-number')
    .optional(),
  taxKey: z
    .string()
    .regex(/^\d{1,4}$/, 'tax-key')
    .optional(),
})

export async function loader({ request }: LoaderFunctionArgs) {
  const chart = await asStaff(request, 'ledger:read', async (ctx, { can }) => ({
    ...(await readNumberedChart(ctx)),
    mayWrite: can('ledger:write'),
  }))
  return { chart, title: await pageTitle(request, 'report', 'numbers.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const isAccount = (await request.clone().formData()).has('code')
  const form = isAccount ? await parseForm(request, AccountForm) : await parseForm(request, SettingsForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { value } = form
  await asStaff(request, 'ledger:write', async (ctx) => {
    if ('chart' in value) return saveAccountingSettings(ctx, value)
    const number = value.number ? { number: value.number, taxKey: value.taxKey ?? '' } : null
    return numberLedgerAccounts(ctx, [{ code: value.code, number }])
  })
  return redirectWithToast(request, '/office/exports/numbers', 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Numbers() {
  const { chart } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('report')
  const { error, typed } = useFieldErrors(answer)
  return (
    <>
      <PageHeader crumbs={[{ label: t('exports.title'), to: '/office/exports' }]} title={t('numbers.title')} below={t('numbers.lead')} />
      <ReportTabs />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <Card id="settings" title={t('numbers.settings')}>
          <Form method="post" className="grid gap-4">
            <FormToken />
            <Select name="chart" label={t('numbers.chart')} defaultValue={typed('chart') ?? chart.chart} error={error('chart')}>
              {germanCharts.map((each) => (
                <option key={each} value={each}>
                  {each.toUpperCase()}
                </option>
              ))}
            </Select>
            <TextInput
              name="consultant"
              label={t('numbers.consultant')}
              defaultValue={typed('consultant') ?? chart.consultant}
              error={error('consultant')}
              inputMode="numeric"
              maxLength={7}
            />
            <TextInput
              name="client"
              label={t('numbers.client')}
              defaultValue={typed('client') ?? chart.client}
              error={error('client')}
              inputMode="numeric"
              maxLength={5}
            />
            <TextInput
              name="fiscalMonth"
              label={t('numbers.fiscalMonth')}
              defaultValue={typed('fiscalMonth') ?? chart.fiscalMonth}
              error={error('fiscalMonth')}
              inputMode="numeric"
              maxLength={2}
            />
            {chart.mayWrite ? (
              <div>
                <SubmitButton>{t('save')}</SubmitButton>
              </div>
            ) : null}
          </Form>
        </Card>
        {chart.mayWrite && chart.accounts.length > 0 ? <NumberForm accounts={chart.accounts} answer={answer} /> : null}
      </div>
      <Card id="numbers" title={t('numbers.accounts')} isFlush className="mt-6">
        <NumberTable accounts={chart.accounts} />
      </Card>
    </>
  )
}
