import { useOutletContext } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ServerDetail } from '#app/reports/servers/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Timeline } from '#app/ui/base/timeline.tsx'

const tones = { failed: 'critical', created: 'positive', started: 'positive', deleted: 'neutral' } as const

export default function ServerActivity() {
  const server = useOutletContext<ServerDetail>()
  const { t } = useTranslation('panel')
  if (server.activity.length === 0) {
    return (
      <Card isFlush>
        <EmptyState title={t('server.noActivity')} />
      </Card>
    )
  }
  return (
    <Card>
      <Timeline
        label={t('server.tabs.activity')}
        entries={server.activity.map(({ id, at, action, by }) => ({
          key: id,
          at,
          title: t(`server.activity.${action}`),
          detail: by ?? t('server.bySystem'),
          tone: action in tones ? tones[action as keyof typeof tones] : 'neutral',
        }))}
      />
    </Card>
  )
}
