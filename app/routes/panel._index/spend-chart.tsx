import { useTranslation } from 'react-i18next'
import { type Money, toDecimal } from '#app/domain/money/money.ts'
import type { PanelDashboard } from '#app/reports/panel-dashboard/shape.ts'
import { useFormat } from '#app/ui/base/use-format.ts'
import { AreaChart, type ChartPoint } from '#app/ui/charts/area-chart.tsx'

/** How this month stands against the same days of last month; null in the first month. */
export function changeFrom({
  spendSoFar,
  lastMonthSameDays,
}: PanelDashboard): { direction: 'more' | 'less' | 'same'; percent: number } | null {
  if (!lastMonthSameDays || lastMonthSameDays.minor <= 0n) return null
  const percent = Number(((spendSoFar.minor - lastMonthSameDays.minor) * 100n) / lastMonthSameDays.minor)
  if (percent === 0) return { direction: 'same', percent }
  return { direction: percent > 0 ? 'more' : 'less', percent: Math.abs(percent) }
}

/** The month's spend adding up day by day, then dashed to the forecast; a budget is a level across. */
export function SpendChart({ dashboard, budget }: { dashboard: PanelDashboard; budget: Money | null }) {
  const { t } = useTranslation(['panel', 'budget'])
  const format = useFormat()
  const { currency } = dashboard.spendSoFar
  const points = pointsOf(dashboard, (day) => format.shortDay(day))
  const asMoney = (value: number): Money => ({ minor: BigInt(Math.round(value * 10 ** digitsOf(dashboard.spendSoFar))), currency })
  return (
    <AreaChart
      title={t('dashboard.chart.title')}
      description={t('dashboard.chart.description', {
        amount: format.money(dashboard.spendSoFar),
        forecast: format.money(dashboard.forecast),
      })}
      points={points}
      formatValue={(value) => format.money(asMoney(value))}
      {...(budget ? { limit: { value: major(budget), label: t('budget:dashboard.label') } } : {})}
      head={[t('dashboard.chart.day'), t('dashboard.chart.amount')]}
    />
  )
}

function pointsOf(dashboard: PanelDashboard, nameOf: (day: string) => string): ChartPoint[] {
  let sum = 0n
  const known = dashboard.days.map(({ day, amount }) => {
    sum += amount.minor
    return { label: nameOf(day), value: major({ minor: sum, currency: amount.currency }) }
  })
  const left = dashboard.daysInMonth - known.length
  const last = known.at(-1)?.value ?? 0
  const step = left > 0 ? (major(dashboard.forecast) - last) / left : 0
  const ahead = Array.from({ length: left }, (_, index) => ({
    label: nameOf(dayAfter(dashboard.monthStart, known.length + index)),
    value: last + step * (index + 1),
    isForecast: true,
  }))
  return [...known, ...ahead]
}

function dayAfter(start: string, days: number): string {
  const instant = new Date(`${start}T00:00:00Z`)
  instant.setUTCDate(instant.getUTCDate() + days)
  return instant.toISOString().slice(0, 10)
}

/** For a drawing only: amounts that are shown stay exact. */
function major(amount: Money): number {
  return toDecimal(amount).toNumber()
}

function digitsOf(amount: Money): number {
  return toDecimal({ minor: 1n, currency: amount.currency }).decimalPlaces()
}
