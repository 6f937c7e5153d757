import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { gridValues } from './chart-scale.ts'

/** Pixels of the drawing: room above for the last label, below for the time axis. */
export const chartHeight = 208
export const plotTop = 20
export const plotHeight = 156

export type ChartTable = { head: readonly [string, string]; rows: readonly (readonly [string, string])[] }

type ChartFrameProps = {
  title: string
  description: string
  highest: number
  /** Below zero, where something went back; zero otherwise. */
  lowest?: number
  formatValue: (value: number) => string
  labels: readonly { at: number; text: string }[]
  table: ChartTable
  children: (toY: (value: number) => number) => ReactNode
}

/**
 * Title, grid, axes and table switch around one drawing. Complete on the server. Widths are percentages, so letters keep
 * their size at any width; time runs left to right in every language.
 */
export function ChartFrame({ title, description, highest, lowest = 0, formatValue, labels, table, children }: ChartFrameProps) {
  const grid = gridValues(highest, formatValue, lowest)
  const [bottom = 0, top = 1] = [grid[0], grid.at(-1)]
  const toY = (value: number) => plotTop + plotHeight * (1 - (value - bottom) / (top - bottom))
  return (
    <figure>
      <div dir="ltr" className="flex gap-2">
        <ValueAxis values={grid} toY={toY} formatValue={formatValue} />
        <svg
          role="img"
          aria-label={`${title}. ${description}`}
          height={chartHeight}
          className="block min-w-0 grow overflow-visible text-xs"
        >
          <title>{title}</title>
          <desc>{description}</desc>
          {grid.map((value) => (
            <line
              key={value}
              x1="0"
              x2="100%"
              y1={toY(value)}
              y2={toY(value)}
              className={value === 0 ? 'stroke-border-strong' : 'stroke-border'}
            />
          ))}
          {children(toY)}
          {labels.map((label, index) => (
            <text
              key={label.at}
              x={`${label.at}%`}
              y={chartHeight - 10}
              textAnchor={anchorAt(label.at)}
              className={index % 2 === 1 ? 'tabular fill-muted max-sm:hidden' : 'tabular fill-muted'}
              suppressHydrationWarning
            >
              {label.text}
            </text>
          ))}
        </svg>
      </div>
      <ChartAsTable title={title} table={table} />
    </figure>
  )
}

type ValueAxisProps = { values: readonly number[]; toY: (value: number) => number; formatValue: (value: number) => string }

/** The values of the grid in a lane of their own, as wide as the longest needs. */
function ValueAxis({ values, toY, formatValue }: ValueAxisProps) {
  const texts = values.map(formatValue)
  const width = Math.max(...texts.map((text) => text.length)) * 6.6 + 4
  return (
    <svg aria-hidden width={width} height={chartHeight} className="shrink-0 text-xs">
      {values.map((value, index) => (
        <text key={value} x={width} y={toY(value) + 4} textAnchor="end" className="tabular fill-muted" suppressHydrationWarning>
          {texts[index]}
        </text>
      ))}
    </svg>
  )
}

/** Labels at the edges stay inside the drawing. */
function anchorAt(percent: number): 'start' | 'middle' | 'end' {
  if (percent < 3) return 'start'
  return percent > 97 ? 'end' : 'middle'
}

function ChartAsTable({ title, table }: { title: string; table: ChartTable }) {
  const { t } = useTranslation('common')
  return (
    <details className="no-print mt-1 text-sm">
      <summary className="w-fit rounded-tag text-muted hover:text-text">{t('chart.asTable')}</summary>
      <table className="mt-3 w-full max-w-sm">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr>
            <th scope="col" className="py-1 text-start font-medium text-muted">
              {table.head[0]}
            </th>
            <th scope="col" className="py-1 text-end font-medium text-muted">
              {table.head[1]}
            </th>
          </tr>
        </thead>
        <tbody>
          {table.rows.map(([name, value]) => (
            <tr key={name} className="border-t border-border">
              <td className="py-1">{name}</td>
              <td className="tabular py-1 text-end">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
