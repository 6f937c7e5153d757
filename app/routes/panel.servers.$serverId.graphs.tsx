import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { AreaChart } from '#app/ui/charts/area-chart.tsx'
import { serverMetrics } from '#app/web/desks/server-console.server.ts'
import { filterOf, oneOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

const spans = ['day', 'week'] as const

export async function loader({ request, params }: LoaderFunctionArgs) {
  const serverId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  const span = oneOf(spans, filterOf(request).get('span')) ?? 'day'
  return { span, points: await serverMetrics(request, { serverId, span }) }
}

const perKb = 1_000

export default function ServerGraphs() {
  const { span, points } = useLoaderData<typeof loader>()
  const { t } = useTranslation('cloud')
  const format = useFormat()
  if (!points) return <Notice tone="warning">{t('graphs.noAnswer')}</Notice>
  const rate = (value: number) => t('graphs.kbPerSecond', { value: format.quantity(value, 1) })
  const charts = [
    { key: 'cpu', value: (point: (typeof points)[number]) => point.cpuPercent, show: (value: number) => format.percent(value) },
    { key: 'disk', value: (point: (typeof points)[number]) => point.diskBytes / perKb, show: rate },
    { key: 'sent', value: (point: (typeof points)[number]) => point.sentBytes / perKb, show: rate },
    { key: 'received', value: (point: (typeof points)[number]) => point.receivedBytes / perKb, show: rate },
  ] as const
  return (
    <div className="grid grid-cols-1 gap-6">
      <nav aria-label={t('graphs.span')} className="flex gap-2">
        {spans.map((choice) => (
          <ButtonLink key={choice} to={`?span=${choice}`} size="small" look={choice === span ? 'secondary' : 'quiet'}>
            {t(`graphs.${choice}`)}
          </ButtonLink>
        ))}
      </nav>
      {points.length < 2 ? (
        <Card isFlush>
          <EmptyState title={t('graphs.none')}>{t('graphs.noneText')}</EmptyState>
        </Card>
      ) : (
        <div className="grid grid-cols-1 gap-6 xl:grid-cols-2">
          {charts.map(({ key, value, show }) => (
            <Card key={key} id={key} title={t(`graphs.${key}.title`)}>
              <AreaChart
                title={t(`graphs.${key}.title`)}
                description={t(`graphs.${key}.text`)}
                points={points.map((point) => ({ label: format.shortDateTime(point.at), value: value(point) }))}
                formatValue={show}
                head={[t('graphs.time'), t(`graphs.${key}.title`)]}
              />
            </Card>
          ))}
        </div>
      )}
    </div>
  )
}
