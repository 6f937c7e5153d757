import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { currencyCodes } from '#app/domain/money/currency.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal, type Money } from '#app/domain/money/money.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { listExchangeRates } from '#app/reports/exchange-rates/query.server.ts'
import type { TriedConversion } from '#app/reports/exchange-rates/shape.ts'
import { convertMoney } from '#app/services/exchange-rates/convert-money.server.ts'
import { enterExchangeRate } from '#app/services/exchange-rates/enter-exchange-rate.server.ts'
import { Notice } from '#app/ui/base/notice.tsx'
import { CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { CurrencyOptions } from '#app/ui/forms/currency-options.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, oneOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { EnterRate } from './enter-rate.tsx'
import { RateForm, TryForm } from './rate-form.ts'
import { RateTable } from './rate-table.tsx'
import { TryConversion } from './try-conversion.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const page = await asStaff(request, 'catalog:read', async (ctx, { tenant, can }) => {
    const today = localDateOf(ctx.now, tenant.timeZone)
    const currency = oneOf(currencyCodes, search.get('currency'))
    const trial = TryForm.safeParse({ amount: search.get('amount'), from: search.get('from'), to: search.get('to'), on: search.get('on') })
    const amount = trial.success ? fromDecimal(new Decimal(trial.data.amount), trial.data.from) : undefined
    const question = trial.success ? { quote: trial.data.to, on: trial.data.on, derive: { over: 'EUR' } } : undefined
    return {
      list: await listExchangeRates(ctx, { currency, page: pageOf(search), today }),
      tried: amount && question ? shown(amount, await convertMoney(ctx, { amount, ...question })) : undefined,
      trial: trial.success
        ? trial.data
        : { amount: '100', from: tenant.currency, to: tenant.currency === 'EUR' ? 'CHF' : 'EUR', on: today },
      currency,
      today,
      own: tenant.currency,
      currencies: currencyCodes,
      mayWrite: can('catalog:write'),
    }
  })
  return { ...page, title: await pageTitle(request, 'pricing', 'exchange.title') }
}

type Converted = Awaited<ReturnType<typeof convertMoney>>

function shown(amount: Money, converted: Converted): TriedConversion {
  if (!converted.ok) return { problem: converted.error }
  const { amount: result, rate, ...rest } = converted.value
  return { amount, result, rate: rate.toFixed(), ...rest }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, RateForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { base, quote, rate, source, date } = form.value
  const result = await asStaff(request, 'catalog:write', (ctx, { tenant }) =>
    enterExchangeRate(ctx, { rate: { base, quote, rate, source, date }, today: localDateOf(ctx.now, tenant.timeZone) }),
  )
  if (!result.ok) return data({ problem: result.error, values: { base, quote, rate: rate.toFixed(), source, date } }, { status: 409 })
  return data({ entered: true as const })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function ExchangeRates() {
  const { list, tried, trial, currency, currencies, today, own, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['pricing', 'common'])
  const { error, typed } = useFieldErrors(answer && 'values' in answer ? answer : undefined)
  return (
    <>
      <PageHeader
        title={t('exchange.title')}
        beside={<span className="tabular text-muted">{list.total}</span>}
        below={t('exchange.lead')}
      />
      <div className="grid gap-4">
        {answer && 'entered' in answer ? <Notice tone="positive">{t('exchange.entered')}</Notice> : null}
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`exchange.problem.${answer.problem}`)}</Notice> : null}
        <div className="grid items-start gap-4 min-[80rem]:grid-cols-2">
          {mayWrite ? <EnterRate key={list.total} currencies={currencies} own={own} today={today} error={error} typed={typed} /> : null}
          <TryConversion currencies={currencies} trial={trial} today={today} tried={tried} />
        </div>
        {list.currencies.length > 0 ? (
          <FilterBar>
            <CompactSelect name="currency" label={t('exchange.currency')} defaultValue={currency ?? ''} key={currency}>
              <option value="">{t('common:filter.all')}</option>
              <CurrencyOptions codes={list.currencies} />
            </CompactSelect>
          </FilterBar>
        ) : null}
        <RateTable list={list} />
      </div>
    </>
  )
}
