import { useTranslation } from 'react-i18next'
import type { TimelineRow } from '#app/reports/account-timeline/query.server.ts'
import { Money } from '#app/ui/base/money.tsx'
import type { Tone } from '#app/ui/base/state.tsx'
import { Timeline } from '#app/ui/base/timeline.tsx'

const critical = ['hold.placed', 'dunning.suspend', 'dunning.terminate', 'dunning.promise-broken', 'servers.stopped']
const warning = ['order.refused.no-credit', 'order.refused.account-blocked', 'order.refused.pool-full']
const positive = ['hold.lifted', 'dunning.closed', 'dunning.promise-kept', 'payment.received', 'servers.started']

function toneOf(kind: string): Tone {
  if (critical.includes(kind)) return 'critical'
  if (warning.includes(kind)) return 'warning'
  return positive.includes(kind) ? 'positive' : 'neutral'
}

/** Everything that was done about an account, newest first. */
export function StandingTimeline({ rows }: { rows: readonly TimelineRow[] }) {
  const { t } = useTranslation('dunning')
  if (rows.length === 0) return <p className="text-sm text-muted">{t('timeline.none')}</p>
  return (
    <Timeline
      label={t('timeline.title')}
      entries={rows.map(({ kind, at, note, count, amount }, index) => ({
        key: `${kind} ${at.toISOString()} ${index}`,
        at,
        title: t(`timeline.${kind}`, { count }),
        detail:
          amount || note ? (
            <>
              {amount ? <Money amount={amount} /> : null} {note ? <bdi>{note}</bdi> : null}
            </>
          ) : undefined,
        tone: toneOf(kind),
      }))}
    />
  )
}
