import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoreBundle, StoreCatalog, StorePlan } from '#app/reports/store/shape.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Money, Rate } from '#app/ui/base/money.tsx'
import { NameList } from '#app/ui/base/name-list.tsx'
import { moneyOn, type PriceBasis, rateOn } from '#app/ui/catalog/price-basis.ts'
import { useSpecs } from '#app/ui/cloud/specs.tsx'

type Offer = StorePlan | StoreBundle
type TableProps = { plans: readonly Offer[]; catalog: StoreCatalog; basis: PriceBasis }

/** Up to four plans or bundles side by side, one property a row; what only a server has is left open for services. */
export function ComparisonTable({ plans, catalog, basis }: TableProps) {
  const { t } = useTranslation('store')
  const specs = useSpecs()
  const { currency } = catalog
  const city = (code: string) => catalog.locations.find((location) => location.code === code)?.city ?? code
  const ofServer = (cell: (plan: StorePlan) => ReactNode) => (offer: Offer) => (offer.hasServer ? cell(offer) : '–')
  const rows: { key: string; label: string; cell: (plan: Offer) => ReactNode }[] = [
    {
      key: 'month',
      label: t(`plans.month.${basis}`),
      cell: (plan) => <Money amount={moneyOn(basis, plan.monthlyCap, plan.tax)} className="text-lg font-semibold" />,
    },
    ...(plans.some(({ usedMonth }) => usedMonth)
      ? [
          {
            key: 'used',
            label: t('compare.usedMonth'),
            cell: (plan: Offer) =>
              plan.usedMonth ? <Money amount={moneyOn(basis, plan.usedMonth, plan.tax)} className="text-lg font-semibold" /> : '–',
          },
        ]
      : []),
    {
      key: 'hour',
      label: t('plans.hour'),
      cell: ofServer((plan) => (plan.hourly ? <Rate rate={rateOn(basis, plan.hourly, plan.tax)} currency={currency} /> : '–')),
    },
    {
      key: 'setup',
      label: t('compare.setup'),
      cell: (plan) => (plan.setup ? <Money amount={moneyOn(basis, plan.setup, plan.tax)} /> : t('compare.noSetup')),
    },
    { key: 'cpu', label: t('plans.cpu'), cell: ofServer((plan) => specs.cpu(plan)) },
    { key: 'memory', label: t('plans.memory'), cell: ofServer((plan) => specs.memory(plan)) },
    { key: 'disk', label: t('plans.disk'), cell: ofServer((plan) => specs.disk(plan)) },
    { key: 'traffic', label: t('plans.traffic'), cell: ofServer((plan) => specs.traffic(plan.trafficGb)) },
    {
      key: 'overage',
      label: t('compare.overage'),
      cell: ofServer((plan) =>
        plan.trafficPricePerGb ? <Rate rate={rateOn(basis, plan.trafficPricePerGb, plan.tax)} currency={currency} /> : t('compare.free'),
      ),
    },
    {
      key: 'included',
      label: t('compare.included'),
      cell: (plan) => (plan.included.length > 0 ? <NameList names={plan.included} /> : '–'),
    },
    {
      key: 'optional',
      label: t('compare.optional'),
      cell: (plan) => (plan.optional.length > 0 ? <NameList names={plan.optional} /> : '–'),
    },
    { key: 'locations', label: t('plans.location'), cell: ofServer((plan) => plan.locations.map(city).join(', ')) },
  ]
  return (
    <div className="overflow-x-auto rounded-card border border-border bg-surface">
      <table className="w-full text-sm">
        <thead>
          <tr>
            <th scope="col" className="px-card py-4 text-start">
              <span className="sr-only">{t('compare.property')}</span>
            </th>
            {plans.map((plan) => (
              <th key={plan.code} scope="col" className="min-w-40 px-4 py-4 text-start text-base font-semibold">
                {plan.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className="border-t border-border">
              <th scope="row" className="px-card py-3 text-start font-normal whitespace-nowrap text-muted">
                {row.label}
              </th>
              {plans.map((plan) => (
                <td key={plan.code} className="px-4 py-3">
                  {row.cell(plan)}
                </td>
              ))}
            </tr>
          ))}
          <tr className="border-t border-border">
            <td />
            {plans.map((plan) => (
              <td key={plan.code} className="px-4 py-4">
                <ButtonLink to={`/order?plan=${plan.code}`} size="small">
                  {t('plans.order')}
                </ButtonLink>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  )
}
