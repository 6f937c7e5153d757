import { ChartFrame, plotHeight, plotTop } from './chart-frame.tsx'
import { labelStride } from './chart-scale.ts'

export type ChartPoint = { label: string; value: number; isForecast?: boolean }

type AreaChartProps = {
  title: string
  description: string
  points: readonly ChartPoint[]
  formatValue: (value: number) => string
  head: readonly [string, string]
  /** A level drawn across: a budget or a limit. */
  limit?: { value: number; label: string }
}

/** One quantity over time, its last known point marked with its value; what lies ahead is dashed. */
export function AreaChart({ title, description, points, formatValue, head, limit }: AreaChartProps) {
  const highest = Math.max(0, limit?.value ?? 0, ...points.map((point) => point.value))
  const x = (index: number) => (points.length < 2 ? 0 : (index / (points.length - 1)) * 100)
  const stride = labelStride(points.length, 6)
  const labels = points.flatMap((point, index) => (index % stride === 0 ? [{ at: x(index), text: point.label }] : []))
  const table = { head, rows: points.filter((point) => !point.isForecast).map((point) => [point.label, formatValue(point.value)] as const) }
  const lastKnown = points.findLastIndex((point) => !point.isForecast)
  return (
    <ChartFrame title={title} description={description} highest={highest} formatValue={formatValue} labels={labels} table={table}>
      {(toY) => (
        <>
          <Shape points={points} lastKnown={lastKnown} x={x} toY={toY} />
          {limit ? <Limit y={toY(limit.value)} label={limit.label} /> : null}
          <LastPoint x={x(lastKnown)} y={toY(points[lastKnown]?.value ?? 0)} text={formatValue(points[lastKnown]?.value ?? 0)} />
        </>
      )}
    </ChartFrame>
  )
}

type ShapeProps = { points: readonly ChartPoint[]; lastKnown: number; x: (index: number) => number; toY: (value: number) => number }

function Shape({ points, lastKnown, x, toY }: ShapeProps) {
  const y = (index: number) => toY(points[index]?.value ?? 0) - plotTop
  const path = (from: number, to: number) =>
    Array.from(
      { length: to - from + 1 },
      (_, step) => `${step === 0 ? 'M' : 'L'}${x(from + step).toFixed(3)} ${y(from + step).toFixed(2)}`,
    ).join('')
  if (lastKnown < 0) return null
  return (
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
      <path d={`${path(0, lastKnown)}L${x(lastKnown).toFixed(3)} ${plotHeight}L0 ${plotHeight}Z`} className="fill-accent opacity-12" />
      <path
        d={path(0, lastKnown)}
        fill="none"
        vectorEffect="non-scaling-stroke"
        strokeWidth="2"
        strokeLinejoin="round"
        className="stroke-accent"
      />
      <path
        d={path(lastKnown, points.length - 1)}
        fill="none"
        vectorEffect="non-scaling-stroke"
        strokeWidth="2"
        strokeDasharray="2 5"
        strokeLinecap="round"
        className="stroke-accent"
      />
    </svg>
  )
}

function LastPoint({ x, y, text }: { x: number; y: number; text: string }) {
  if (x < 0) return null
  return (
    <>
      <circle cx={`${x}%`} cy={y} r="4.5" strokeWidth="2" className="fill-accent stroke-surface" />
      <text
        x={`${x}%`}
        dx={x > 85 ? 4 : -8}
        y={y - 10}
        textAnchor={x < 12 ? 'start' : 'end'}
        strokeWidth="4"
        paintOrder="stroke"
        className="tabular fill-text stroke-surface text-sm font-semibold"
        suppressHydrationWarning
      >
        {text}
      </text>
    </>
  )
}

function Limit({ y, label }: { y: number; label: string }) {
  return (
    <>
      <line x1="0" x2="100%" y1={y} y2={y} strokeWidth="1.5" strokeDasharray="6 4" className="stroke-critical" />
      <text x="100%" y={y - 5} textAnchor="end" className="fill-critical" suppressHydrationWarning>
        {label}
      </text>
    </>
  )
}
