import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { currencyCodes } from '#app/domain/money/currency.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import { readLevelsOverview } from '#app/reports/partner-levels/query.server.ts'
import { setLevelLimit } from '#app/services/credit/follow-level.server.ts'
import { changeLevelDiscounts, changeLevelRules } from '#app/services/partner-levels/save-partner-level.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { PartnerLevelRules } from '#app/ui/catalog/partner-level-rules.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { refuse } from '#app/web/request/refuse.server.ts'
import { PercentFields, RuleFields } from './level-fields.tsx'
import { ChangeLevelForm, discountsOf, turnoverOf } from './level-forms.ts'
import { LimitCard } from './level-limit.tsx'

export async function loader({ request, params: { levelId } }: LoaderFunctionArgs) {
  if (!isUuid(levelId)) throw refuse(404, 'not-found')
  const page = await asStaff(request, 'reseller:read', async (ctx, { tenant, can }) => ({
    overview: await readLevelsOverview(ctx),
    today: localDateOf(ctx.now, tenant.timeZone),
    currency: tenant.currency,
    currencies: currencyCodes,
    mayWrite: can('reseller:write'),
    maySetLimit: can('contract:write'),
  }))
  const level = page.overview.levels.find(({ id }) => id === levelId)
  if (!level) throw refuse(404, 'not-found')
  const { overview, ...rest } = page
  return { ...rest, level, productGroups: overview.productGroups, title: await pageTitle(request, 'partner', 'title') }
}

export async function action({ request, params: { levelId } }: ActionFunctionArgs) {
  if (!isUuid(levelId)) throw refuse(404, 'not-found')
  const form = await parseForm(request, ChangeLevelForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  if (form.value.intent === 'limit' && !limitOf(form.value)) {
    const { limit = '', limitCurrency = '', limitFrom = '' } = form.value
    return data({ fields: { limit: 'amount' }, values: { limit, limitCurrency, limitFrom } }, { status: 422 })
  }
  const result = await saves[form.value.intent](request, levelId, form.value)
  return result.ok ? data({ saved: form.value.intent }) : data({ problem: result.error }, { status: 409 })
}

function saveRules(request: Request, levelId: string, form: ChangeLevelForm) {
  const { name = '', turnover, currency = 'EUR', months = 12, overdueDays = null, graceDays = 0 } = form
  const rules = { name, minTurnover: turnoverOf(turnover, currency), turnoverMonths: months, maxOverdueDays: overdueDays, graceDays }
  return asStaff(request, 'reseller:write', (ctx) => changeLevelRules(ctx, { levelId, rules }))
}

function saveDiscounts(request: Request, levelId: string, form: ChangeLevelForm) {
  const discounts = discountsOf(form, form.productGroup ?? null)
  return asStaff(request, 'reseller:write', (ctx, { tenant }) => {
    return changeLevelDiscounts(ctx, { levelId, validFrom: instantOf(ctx.now, form.from, tenant.timeZone), discounts })
  })
}

function limitOf({ limit = '', limitCurrency = '' }: ChangeLevelForm) {
  return limitCurrency === '' ? undefined : typedAmount(limit, limitCurrency)
}

function saveLimit(request: Request, levelId: string, form: ChangeLevelForm) {
  const limit = limitOf(form)
  invariant(limit, 'the limit was read before')
  return asStaff(request, 'contract:write', (ctx, { tenant }) => {
    const from = instantOf(ctx.now, form.limitFrom, tenant.timeZone)
    return setLevelLimit(ctx, { levelId, limit, validFrom: from })
  })
}

const saves = { rules: saveRules, discounts: saveDiscounts, limit: saveLimit } as const

/** The beginning of a day where the seller is; today begins now. */
function instantOf(now: Date, day: string | undefined, zone: string): Date {
  const today = localDateOf(now, zone)
  const begins = startOfDay(day ?? today, zone)
  return (day ?? today) === today && begins < now ? now : begins
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page ? `${page.level.name} · ${page.title}` : '' }]

export default function PartnerLevel() {
  const { level, productGroups, today, currency, currencies, mayWrite, maySetLimit } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('partner')
  const told = useFieldErrors(answer && 'values' in answer ? answer : undefined)
  const crumbs = [{ label: t('title'), to: '/office/partner-levels' }]
  return (
    <>
      <PageHeader title={level.name} crumbs={crumbs} below={<PartnerLevelRules level={level} />} />
      <div className="grid items-start gap-4 min-[80rem]:grid-cols-2">
        {answer && 'saved' in answer ? (
          <div className="col-span-full">
            <Notice tone="positive">{t(`saved.${answer.saved}`)}</Notice>
          </div>
        ) : null}
        {answer && 'problem' in answer ? (
          <div className="col-span-full">
            <Notice tone="critical">{t(`save.problem.${answer.problem}`)}</Notice>
          </div>
        ) : null}
        <Card title={t('discounts.title')} aside={t('discounts.aside')}>
          <Form method="post" className="grid items-start gap-4 sm:grid-cols-2">
            <FormToken />
            <input type="hidden" name="intent" value="discounts" />
            <Select name="productGroup" label={t('field.group')} defaultValue={told.typed('productGroup') ?? ''}>
              <option value="">{t('field.allGroups')}</option>
              {productGroups.map((group) => (
                <option key={group} value={group}>
                  {group}
                </option>
              ))}
            </Select>
            <TextInput
              name="from"
              type="date"
              label={t('assign.from')}
              required
              min={today}
              defaultValue={told.typed('from') ?? today}
              error={told.error('from')}
            />
            <PercentFields level={level} {...told} />
            {mayWrite ? (
              <div className="sm:col-span-2">
                <SubmitButton>{t('discounts.submit')}</SubmitButton>
              </div>
            ) : null}
          </Form>
        </Card>
        <LimitCard limits={level.limits} currency={currency} currencies={currencies} today={today} mayWrite={maySetLimit} {...told} />
        <Card title={t('rules')} aside={t('rulesAside')}>
          <Form method="post" className="grid items-start gap-4 sm:grid-cols-2">
            <FormToken />
            <input type="hidden" name="intent" value="rules" />
            <RuleFields level={level} currency={currency} currencies={currencies} {...told} />
            {mayWrite ? (
              <div className="sm:col-span-2">
                <SubmitButton look="secondary">{t('saveRules')}</SubmitButton>
              </div>
            ) : null}
          </Form>
        </Card>
      </div>
    </>
  )
}
