import { Form, useSearchParams } from '@remix-run/react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/whole-money.ts'
import { subtract } from '#app/domain/money/whole-money.ts'
import type { PriceTax } from '#app/domain/tax/tax-lines.ts'
import { buttonClasses } from '../base/button.tsx'
import { Money, Rate } from '../base/money.tsx'
import { useFormat } from '../base/use-format.ts'
import { SpecLine } from '../cloud/specs.tsx'
import { Select } from '../forms/field.tsx'
import { moneyOn, rateOn } from './price-basis.ts'

export type EstimatePlan = {
  readonly code: string
  readonly name: string
  readonly cpuNumber: number
  readonly memoryMib: number
  readonly diskGib: number
  readonly trafficGb: number | null
  readonly hourly: string | null
  readonly monthlyCap: MoneyValue
  readonly tax: PriceTax
  readonly locations: readonly string[]
}
export type EstimateLocation = { readonly code: string; readonly city: string; readonly country: string }

type PlanEstimateProps = { plans: readonly EstimatePlan[]; locations: readonly EstimateLocation[]; currency: string }

/** The configurator in small: size and place, and at once the hour, the month's cap and the tax. A plain form that leads to the order. */
export function PlanEstimate({ plans, locations, currency }: PlanEstimateProps) {
  const { t } = useTranslation('store')
  const [search] = useSearchParams()
  const [planCode, setPlanCode] = useState(search.get('plan') ?? plans[Math.min(1, plans.length - 1)]?.code ?? '')
  const plan = plans.find(({ code }) => code === planCode) ?? plans[0]
  if (!plan) return null
  const offered = locations.filter(({ code }) => plan.locations.includes(code))
  return (
    <Form
      method="get"
      action="/order"
      className="rounded-card border border-border bg-surface p-card shadow-float"
      aria-labelledby="estimate-title"
    >
      <h2 id="estimate-title" className="text-base font-semibold">
        {t('estimate.title')}
      </h2>
      <div className="mt-4 grid gap-4">
        <Select
          name="plan"
          label={t('estimate.size')}
          value={plan.code}
          onChange={(event) => setPlanCode(event.currentTarget.value)}
          help={<SpecLine size={plan} />}
        >
          {plans.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
        <Select name="location" label={t('estimate.location')} defaultValue={search.get('location') ?? undefined}>
          {offered.map((location) => (
            <LocationOption key={location.code} location={location} />
          ))}
        </Select>
      </div>
      <EstimateFigures plan={plan} currency={currency} />
      <button type="submit" className={buttonClasses('primary', 'medium', 'mt-5 w-full')}>
        {t('estimate.order')}
      </button>
      <noscript>
        <button type="submit" formAction="/" className={buttonClasses('secondary', 'medium', 'mt-2 w-full')}>
          {t('estimate.update')}
        </button>
      </noscript>
    </Form>
  )
}

function LocationOption({ location }: { location: EstimateLocation }) {
  const format = useFormat()
  return (
    <option value={location.code}>
      {location.city}, {format.country(location.country)}
    </option>
  )
}

function EstimateFigures({ plan, currency }: { plan: EstimatePlan; currency: string }) {
  const { tax } = plan
  const { t } = useTranslation('store')
  const format = useFormat()
  const gross = moneyOn('gross', plan.monthlyCap, tax)
  const net = moneyOn('net', plan.monthlyCap, tax)
  return (
    <div className="mt-5 border-t border-border pt-4" aria-live="polite">
      <p className="text-sm text-muted">{t('estimate.neverMore')}</p>
      <p className="mt-0.5 text-2xl font-semibold">
        <Money amount={gross} /> <span className="text-base font-normal text-muted">{t('price.aMonth')}</span>
      </p>
      <dl className="mt-4 grid gap-1.5 text-sm">
        {plan.hourly ? (
          <Row label={t('estimate.hour')}>
            <Rate rate={rateOn('gross', plan.hourly, tax)} currency={currency} />
          </Row>
        ) : null}
        <Row label={t('estimate.net')}>
          <Money amount={net} />
        </Row>
        {tax.percent === '0' ? null : (
          <Row label={t('estimate.tax', { percent: format.percent(tax.percent) })}>
            <Money amount={subtract(gross, net)} />
          </Row>
        )}
      </dl>
    </div>
  )
}

function Row({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
