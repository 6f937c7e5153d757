import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { feeTimes } from '#app/domain/invoice/fee-time.ts'
import { cycleUnits } from '#app/domain/time/invoice-cycle.ts'
import { readAccount } from '#app/reports/accounts/detail.server.ts'
import { setInvoiceCycle } from '#app/services/accounts/set-invoice-cycle.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { CycleWords } from '#app/ui/base/cycle-words.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const language = await languageOf(request, await tenantOf(request))
  const account = orNotFound(await asStaff(request, 'contract:write', (ctx) => readAccount(ctx, accountId, language)))
  const { cycle, fees } = orNotFound(account.contract)
  return { account: { id: account.id, name: account.name }, cycle, fees, title: await pageTitle(request, 'office', 'cycle.title') }
}

const CycleForm = z.object({
  unit: z.enum(cycleUnits, 'not-offered'),
  count: z.coerce.number('count').int('count').min(1, 'count').max(120, 'count'),
  day: z.coerce.number('day').int('day').min(1, 'day').max(31, 'day').optional(),
  fees: z.enum(feeTimes, 'not-offered'),
})

export async function action({ request, params }: ActionFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const form = await parseForm(request, CycleForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { unit, count, fees, day = null } = form.value
  const result = await asStaff(request, 'contract:write', (ctx) => setInvoiceCycle(ctx, { accountId, unit, count, day, fees }))
  if (result.ok) return redirectWithToast(request, `/office/accounts/${accountId}`, 'saved')
  if (result.error === 'no-contract') throw refuse(404, 'not-found')
  return data({ fields: { day: result.error }, values: { unit, count: String(count), day: String(day), fees } }, { status: 422 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Cycle() {
  const { account, cycle, fees } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['office', 'common'])
  const { error, typed } = useFieldErrors(answer)
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('nav.accounts'), to: '/office/accounts' },
          { label: account.name, to: `/office/accounts/${account.id}` },
        ]}
        title={t('cycle.title')}
        below={t('cycle.lead')}
        facts={[
          { label: t('cycle.every'), value: <CycleWords cycle={cycle} /> },
          { label: t('cycle.next'), value: <Day day={cycle.nextOn} /> },
        ]}
      />
      <Card className="max-w-2xl">
        <Form method="post" className="grid gap-5">
          <FormToken />
          <TextInput
            name="count"
            label={t('cycle.count')}
            inputMode="numeric"
            defaultValue={typed('count') ?? cycle.count}
            error={error('count')}
          />
          <Select name="unit" label={t('cycle.unit')} defaultValue={typed('unit') ?? cycle.unit} error={error('unit')}>
            {cycleUnits.map((unit) => (
              <option key={unit} value={unit}>
                {t(`cycle.unitName.${unit}`)}
              </option>
            ))}
          </Select>
          <TextInput
            name="day"
            label={t('cycle.day')}
            help={t('cycle.dayHelp')}
            isOptional={t('common:optional')}
            inputMode="numeric"
            defaultValue={typed('day') ?? cycle.day ?? ''}
            error={error('day')}
          />
          <Select name="fees" label={t('cycle.fees')} help={t('cycle.feesHelp')} defaultValue={typed('fees') ?? fees} error={error('fees')}>
            {feeTimes.map((time) => (
              <option key={time} value={time}>
                {t(`cycle.feeTime.${time}`)}
              </option>
            ))}
          </Select>
          <Notice tone="info">{t('cycle.effect')}</Notice>
          <div>
            <SubmitButton>{t('cycle.save')}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  )
}
