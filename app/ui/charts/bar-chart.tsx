import type { ChartPoint } from './area-chart.tsx'
import { ChartFrame } from './chart-frame.tsx'
import { labelStride } from './chart-scale.ts'

type BarChartProps = {
  title: string
  description: string
  points: readonly ChartPoint[]
  formatValue: (value: number) => string
  head: readonly [string, string]
}

/** One quantity per day or month, up from a zero line or down from it where it is negative; the last bar stands out. */
export function BarChart({ title, description, points, formatValue, head }: BarChartProps) {
  const values = points.map((point) => point.value)
  const [highest, lowest] = [Math.max(0, ...values), Math.min(0, ...values)]
  // A few bars stay bars: they do not grow into walls.
  const slot = 100 / Math.max(points.length, 14)
  const stride = labelStride(points.length, 7)
  const labels = points.flatMap((point, index) => (index % stride === 0 ? [{ at: (index + 0.5) * slot, text: point.label }] : []))
  const table = { head, rows: points.map((point) => [point.label, formatValue(point.value)] as const) }
  return (
    <ChartFrame
      title={title}
      description={description}
      highest={highest}
      lowest={lowest}
      formatValue={formatValue}
      labels={labels}
      table={table}
    >
      {(toY) =>
        points.map((point, index) => (
          <rect
            key={point.label}
            x={`${index * slot + slot * 0.15}%`}
            width={`${slot * 0.7}%`}
            y={toY(Math.max(point.value, 0))}
            height={Math.abs(toY(point.value) - toY(0))}
            rx="1.5"
            className={index === points.length - 1 ? 'fill-accent' : 'fill-accent opacity-60'}
          >
            <title>{`${point.label}: ${formatValue(point.value)}`}</title>
          </rect>
        ))
      }
    </ChartFrame>
  )
}
