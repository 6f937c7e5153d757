import { useTranslation } from 'react-i18next'
import type { PricePreview } from '#app/domain/pricing/plan-file/preview-plan.ts'
import { useFormat } from '#app/ui/base/use-format.ts'
import { keyPart, useLabel } from '#app/ui/base/use-label.ts'
import { ChartFrame, plotHeight, plotTop } from '#app/ui/charts/chart-frame.tsx'

/** The cost of a period over its quantity. Complete on the server; edges stand where they are. */
export function PriceChart({ price, currency }: { price: PricePreview; currency: string }) {
  const { t } = useTranslation('pricing')
  const format = useFormat()
  const label = useLabel()
  const points = price.points.map(({ quantity, amount }) => ({ quantity: Number(quantity), amount: Number(amount) }))
  const reach = points.at(-1)?.quantity || 1
  const highest = Math.max(0, ...points.map(({ amount }) => amount))
  const money = (value: number) => format.rate(String(value), currency)
  const labels = [0, 0.25, 0.5, 0.75, 1].map((part) => ({ at: part * 100, text: format.quantity(Math.round(reach * part * 100) / 100, 2) }))
  const rows = price.points.map(({ quantity, amount }) => [format.quantity(quantity, 3), format.rate(amount, currency)] as const)
  const table = { head: [t('plans.quantityIn', { unit: price.unit }), t('plans.amount')] as const, rows: distinct(rows) }
  return (
    <ChartFrame
      title={t('plans.chart', { meter: label(`document:meter.${keyPart(price.meter)}`, price.meter) })}
      description={t('plans.chartText', { unit: price.unit })}
      highest={highest}
      formatValue={money}
      labels={labels}
      table={table}
    >
      {(toY) => (
        <svg
          aria-hidden
          x="0"
          y={plotTop}
          width="100%"
          height={plotHeight}
          viewBox={`0 0 100 ${plotHeight}`}
          preserveAspectRatio="none"
          className="overflow-visible"
        >
          <path
            d={points
              .map(
                ({ quantity, amount }, index) =>
                  `${index === 0 ? 'M' : 'L'}${((quantity / reach) * 100).toFixed(3)} ${(toY(amount) - plotTop).toFixed(2)}`,
              )
              .join('')}
            fill="none"
            vectorEffect="non-scaling-stroke"
            strokeWidth="2"
            strokeLinejoin="round"
            className="stroke-accent"
          />
        </svg>
      )}
    </ChartFrame>
  )
}

function distinct(rows: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  return [...new Map(rows.map((row) => [row[0], row])).values()]
}
