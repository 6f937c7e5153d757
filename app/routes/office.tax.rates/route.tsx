import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { listTaxCountries, listTaxRates } from '#app/reports/tax/settings.server.ts'
import { enterTaxRate } from '#app/services/tax/enter-tax-rate.server.ts'
import { withdrawTaxRate } from '#app/services/tax/withdraw-tax-rate.server.ts'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { TaxTabs } from '#app/ui/documents/tax-tabs.tsx'
import { CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, oneOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { RateForm, WithdrawForm } from './forms.ts'
import { AddRateCard, RatesCard } from './rate-cards.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const wanted = filterOf(request).get('country')
  const page = await asStaff(request, 'ledger:read', async (ctx, { tenant, can }) => {
    const today = localDateOf(ctx.now, tenant.timeZone)
    const { countries, schemes } = await listTaxCountries(ctx)
    const country = oneOf(countries, wanted) ?? oneOf(countries, tenant.country) ?? countries[0] ?? tenant.country
    const rates = await listTaxRates(ctx, { country, today })
    const scheme = schemes.find((known) => known.country === country) ?? null
    return { countries, country, scheme, rates, today, mayWrite: can('settings:write') }
  })
  return { ...page, title: await pageTitle(request, 'tax', 'tabs.rates') }
}

export async function action({ request }: ActionFunctionArgs) {
  const withdrawal = await parseForm(request.clone(), WithdrawForm)
  if (withdrawal.ok) {
    const { rateId } = withdrawal.value
    const result = await asStaff(request, 'settings:write', (ctx) => withdrawTaxRate(ctx, { rateId }))
    return result.ok ? data({ saved: true as const }) : data({ problem: result.error }, { status: 409 })
  }
  const form = await parseForm(request, RateForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { region: country, kind, percent, from, to, source, taxName, idName } = form.value
  const rate = { country, kind, percent, from, to: to ?? null }
  const scheme = taxName && idName ? { taxName, idName } : null
  const result = await asStaff(request, 'settings:write', (ctx) => enterTaxRate(ctx, { rate, source, scheme }))
  if (result.ok) return data({ saved: true as const })
  const values = { region: country, kind, percent, from, to: to ?? '', source, taxName: taxName ?? '', idName: idName ?? '' }
  return data({ problem: result.error, values }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function TaxRates() {
  const { countries, country, scheme, rates, today, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('tax')
  const format = useFormat()
  const fields = useFieldErrors(answer && 'values' in answer ? answer : undefined)
  return (
    <>
      <PageHeader title={t('title')} below={t('rates.lead')} />
      <TaxTabs />
      <div className="grid gap-6">
        {answer && 'saved' in answer ? <Notice tone="positive">{t('done.saved')}</Notice> : null}
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`problem.${answer.problem}`)}</Notice> : null}
        <FilterBar>
          <CompactSelect name="country" label={t('rates.country')} defaultValue={country} key={country}>
            {countries.map((code) => (
              <option key={code} value={code} suppressHydrationWarning>
                {format.country(code)}
              </option>
            ))}
          </CompactSelect>
        </FilterBar>
        {scheme ? <p className="text-sm text-muted">{t('rates.scheme', { tax: scheme.taxName, id: scheme.idName })}</p> : null}
        <RatesCard rates={rates} mayWrite={mayWrite} />
        {mayWrite ? (
          <Form method="post" key={answer && 'saved' in answer ? 'saved' : 'typing'}>
            <AddRateCard country={country} today={today} error={fields.error} typed={fields.typed} />
          </Form>
        ) : null}
      </div>
    </>
  )
}
