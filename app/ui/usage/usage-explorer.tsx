import { useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Money as MoneyValue, toDecimal } from '#app/domain/money/money.ts'
import type { UsageGrouping } from '#app/domain/project/usage-grouping.ts'
import { Card } from '../base/card.tsx'
import { Money } from '../base/money.tsx'
import { TextLink } from '../base/text-link.tsx'
import { useFormat } from '../base/use-format.ts'
import { AreaChart } from '../charts/area-chart.tsx'
import { BarChart } from '../charts/bar-chart.tsx'
import { type ExploredGroup, UsageGroupTable } from './usage-group-table.tsx'

export type ExploredUsage = {
  readonly groups: readonly ExploredGroup[]
  readonly isCut: boolean
  readonly total: MoneyValue
  readonly days: readonly { readonly day: string; readonly amount: MoneyValue }[]
}

type UsageExplorerProps = {
  usage: ExploredUsage
  by: UsageGrouping
  tagKey: string | undefined
  base: string
  pathOfServer?: (id: string) => string
}

/** What was charged in a period: by day as a chart, and put together as it was asked for. The address says what is shown. */
export function UsageExplorer({ usage, by, tagKey, base, pathOfServer }: UsageExplorerProps) {
  const { t } = useTranslation(['project', 'common'])
  const [search] = useSearchParams()
  const format = useFormat()
  const points = usage.days.map(({ day, amount }) => ({ label: format.shortDay(day), value: toDecimal(amount).toNumber() }))
  const Chart = points.length > 62 ? AreaChart : BarChart
  return (
    <div className="grid grid-cols-1 gap-6">
      <Card
        id="days"
        title={t('usage.perDay')}
        aside={
          <>
            <Money amount={usage.total} className="font-medium text-text" /> {t('common:money.net')}
          </>
        }
      >
        <Chart
          title={t('usage.perDay')}
          description={t('usage.chartDescription', { amount: format.money(usage.total) })}
          points={points}
          formatValue={(value) => format.rate(value.toFixed(2), usage.total.currency)}
          head={[t('usage.by.day'), t('usage.amount')]}
        />
      </Card>
      <Card
        id="lines"
        title={t(`usage.title.${by}`)}
        aside={
          <span className="flex flex-wrap gap-4">
            <TextLink to={`${base}/records?${search}`}>{t('usage.records')}</TextLink>
            <a className="underline underline-offset-2" href={`${base}/file?${search}`} download>
              CSV
            </a>
          </span>
        }
        isFlush
      >
        <UsageGroupTable usage={usage} by={by} tagKey={tagKey} base={base} {...(pathOfServer ? { pathOfServer } : {})} />
        {usage.isCut ? <p className="border-t border-border p-4 text-sm text-muted">{t('usage.cut')}</p> : null}
      </Card>
    </div>
  )
}
