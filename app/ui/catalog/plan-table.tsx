import { Form, Link, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { PriceTax } from '#app/domain/tax/tax-lines.ts'
import { buttonClasses } from '../base/button.tsx'
import { classNames } from '../base/class-names.ts'
import { Money, Rate } from '../base/money.tsx'
import { useFormat } from '../base/use-format.ts'
import { useSpecs } from '../cloud/specs.tsx'
import type { EstimateLocation, EstimatePlan } from './plan-estimate.tsx'
import { moneyOn, type PriceBasis, rateOn } from './price-basis.ts'

export type TablePlan = EstimatePlan & { readonly family: string | null }

type PlanTableProps = { plans: readonly TablePlan[]; basis: PriceBasis; currency: string }

/** All plans, by family. Ticked rows bring up a bar that leads to the comparison: plain form, plain CSS. */
export function PlanTable({ plans, basis, currency }: PlanTableProps) {
  const { t } = useTranslation('store')
  const families = [...new Set(plans.map(({ family }) => family))]
  return (
    <Form method="get" action="/compare" className="group/plans">
      <input type="hidden" name="tax" value={basis} />
      <div className="rounded-card border border-border bg-surface">
        <table role="table" className="stack-table w-full border-separate border-spacing-0 text-sm">
          <caption className="sr-only">{t('plans.title')}</caption>
          <PlanTableHead basis={basis} />
          {families.map((family) => (
            <tbody key={family ?? ''} role="rowgroup" className="max-md:divide-y max-md:divide-border last:[&>tr:last-child>td]:border-b-0">
              {family && families.length > 1 ? (
                <tr role="row">
                  <th
                    role="rowheader"
                    scope="rowgroup"
                    colSpan={9}
                    className="border-b border-border px-card pt-5 pb-2 text-start font-semibold"
                  >
                    {family}
                  </th>
                </tr>
              ) : null}
              {plans
                .filter((plan) => plan.family === family)
                .map((plan) => (
                  <PlanRow key={plan.code} plan={plan} basis={basis} currency={currency} />
                ))}
            </tbody>
          ))}
        </table>
      </div>
      <div className="sticky bottom-4 z-20 mt-4 hidden items-center justify-between gap-4 rounded-card border border-border bg-surface px-4 py-3 shadow-float group-has-checked/plans:flex">
        <p className="text-sm text-muted">{t('plans.compareHint')}</p>
        <button type="submit" className={buttonClasses('primary', 'small')}>
          {t('plans.compare')}
        </button>
      </div>
    </Form>
  )
}

function PlanTableHead({ basis }: { basis: PriceBasis }) {
  const { t } = useTranslation('store')
  const head = 'h-11 border-b border-border px-3 font-medium text-muted whitespace-nowrap'
  return (
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col" className={classNames(head, 'ps-card text-start')}>
          <span className="sr-only">{t('plans.compare')}</span>
        </th>
        <th role="columnheader" scope="col" className={classNames(head, 'text-start')}>
          {t('plans.plan')}
        </th>
        {(['cpu', 'memory', 'disk', 'traffic', 'hour', 'month'] as const).map((column) => (
          <th key={column} role="columnheader" scope="col" className={classNames(head, 'text-end')}>
            {column === 'month' ? t(`plans.month.${basis}`) : t(`plans.${column}`)}
          </th>
        ))}
        <th role="columnheader" scope="col" className={classNames(head, 'pe-card')}>
          <span className="sr-only">{t('plans.order')}</span>
        </th>
      </tr>
    </thead>
  )
}

function PlanRow({ plan, basis, currency }: { plan: TablePlan; basis: PriceBasis; currency: string }) {
  const { t } = useTranslation('store')
  const format = useFormat()
  const specs = useSpecs()
  const cell = 'h-12 border-b border-border px-3 max-md:border-b-0'
  const number = classNames(cell, 'tabular text-end whitespace-nowrap')
  return (
    <tr role="row" className="hover:bg-soft has-checked:bg-accent-soft">
      <td role="cell" className={classNames(cell, 'w-10 md:ps-card')} data-label={t('plans.compare')}>
        <input
          type="checkbox"
          name="plan"
          value={plan.code}
          aria-label={t('plans.compareOne', { plan: plan.name })}
          className="block size-5 accent-accent"
        />
      </td>
      <td role="cell" data-primary="" className={classNames(cell, 'font-medium whitespace-nowrap')}>
        {plan.name}
      </td>
      <td role="cell" data-label={t('plans.cpu')} className={number}>
        {plan.cpuNumber}
      </td>
      <td role="cell" data-label={t('plans.memory')} className={number}>
        <bdi dir="ltr">{format.quantity(plan.memoryMib / 1024, 2)} GiB</bdi>
      </td>
      <td role="cell" data-label={t('plans.disk')} className={number}>
        <bdi dir="ltr">{format.quantity(plan.diskGib)} GiB</bdi>
      </td>
      <td role="cell" data-label={t('plans.traffic')} className={number}>
        <bdi dir="ltr">{plan.trafficGb ? specs.volume(plan.trafficGb) : '–'}</bdi>
      </td>
      <td role="cell" data-label={t('plans.hour')} className={classNames(number, 'text-muted')}>
        {plan.hourly ? <Rate rate={rateOn(basis, plan.hourly, plan.tax)} currency={currency} /> : '–'}
      </td>
      <td role="cell" data-label={t(`plans.month.${basis}`)} className={classNames(number, 'text-base font-semibold')}>
        <Money amount={moneyOn(basis, plan.monthlyCap, plan.tax)} />
      </td>
      <td role="cell" className={classNames(cell, 'text-end md:pe-card')}>
        <Link to={`/order?plan=${plan.code}`} className={buttonClasses('secondary', 'small', 'max-md:w-full')}>
          {t('plans.order')}
          <span className="sr-only"> {plan.name}</span>
        </Link>
      </td>
    </tr>
  )
}

/** Net or gross, and one place or all: links, so that the address says what is shown. */
export function PlanSwitches({
  basis,
  tax,
  locations,
  location,
}: {
  basis: PriceBasis
  tax: PriceTax
  locations: readonly EstimateLocation[]
  location: string | null
}) {
  const { t } = useTranslation('store')
  const [search] = useSearchParams()
  const linkTo = (name: string, value: string) => {
    const next = new URLSearchParams(search)
    if (value) next.set(name, value)
    else next.delete(name)
    return `?${next}#plans`
  }
  return (
    <div className="flex flex-wrap gap-3">
      {locations.length > 1 ? (
        <Choice
          label={t('plans.location')}
          options={[
            { to: linkTo('at', ''), label: t('plans.everywhere'), isChosen: !location },
            ...locations.map(({ code, city }) => ({ to: linkTo('at', code), label: city, isChosen: location === code })),
          ]}
        />
      ) : null}
      {tax.percent === '0' ? null : (
        <Choice
          label={t('plans.prices')}
          options={(['gross', 'net'] as const).map((value) => ({
            to: linkTo('tax', value),
            label: t(`plans.${value}`),
            isChosen: basis === value,
          }))}
        />
      )}
    </div>
  )
}

function Choice({ label, options }: { label: string; options: readonly { to: string; label: string; isChosen: boolean }[] }) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap rounded-control border border-border bg-surface p-0.5 text-sm">
        {options.map((option) => (
          <li key={option.to}>
            <Link
              to={option.to}
              preventScrollReset
              aria-current={option.isChosen ? 'true' : undefined}
              className={classNames(
                'flex h-8 items-center rounded-tag px-3 text-muted hover:text-text',
                option.isChosen && 'bg-soft font-medium text-text',
              )}
            >
              {option.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
