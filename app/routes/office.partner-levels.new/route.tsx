import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { currencyCodes } from '#app/domain/money/currency.ts'
import { readLevelsOverview } from '#app/reports/partner-levels/query.server.ts'
import { addPartnerLevel } from '#app/services/partner-levels/save-partner-level.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { PercentFields, RuleFields } from '../office.partner-levels.$levelId/level-fields.tsx'
import { discountsOf, NewLevelForm, turnoverOf } from '../office.partner-levels.$levelId/level-forms.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'reseller:write', async (ctx, { tenant }) => ({
    currency: tenant.currency,
    currencies: currencyCodes,
    nextRank: Math.max(0, ...(await readLevelsOverview(ctx)).levels.map(({ rank }) => rank)) + 1,
  }))
  return { ...page, title: await pageTitle(request, 'partner', 'new') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, NewLevelForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { code, rank, name, turnover, currency, months: turnoverMonths, overdueDays: maxOverdueDays = null, graceDays } = form.value
  const level = { code, rank, name, minTurnover: turnoverOf(turnover, currency), turnoverMonths, maxOverdueDays, graceDays }
  const discounts = discountsOf(form.value, null)
  const result = await asStaff(request, 'reseller:write', (ctx) => addPartnerLevel(ctx, { level, discounts, validFrom: ctx.now }))
  if (!result.ok) return data({ problem: result.error, values: {} }, { status: 409 })
  return redirect(`/office/partner-levels/${result.value.levelId}`)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function NewPartnerLevel() {
  const { currency, currencies, nextRank } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('partner')
  const told = useFieldErrors(answer)
  return (
    <>
      <PageHeader title={t('new')} crumbs={[{ label: t('title'), to: '/office/partner-levels' }]} below={t('newLead')} />
      {answer && 'problem' in answer ? <Notice tone="critical">{t(`save.problem.${answer.problem}`)}</Notice> : null}
      <Card className="mt-4 max-w-3xl">
        <Form method="post" className="grid items-start gap-4 sm:grid-cols-2">
          <FormToken />
          <TextInput
            name="code"
            label={t('field.code')}
            help={t('field.codeHelp')}
            required
            maxLength={40}
            dir="ltr"
            defaultValue={told.typed('code')}
            error={told.error('code')}
          />
          <TextInput
            name="rank"
            label={t('field.rank')}
            help={t('field.rankHelp')}
            type="number"
            min={1}
            max={99}
            required
            defaultValue={told.typed('rank') ?? nextRank}
            error={told.error('rank')}
          />
          <RuleFields currency={currency} currencies={currencies} {...told} />
          <PercentFields {...told} />
          <div className="sm:col-span-2">
            <SubmitButton>{t('add')}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  )
}
