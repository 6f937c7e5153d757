import { useTranslation } from 'react-i18next'
import { riskLevel, riskOf } from '#app/domain/fraud/risk.ts'
import type { RiskRow } from '#app/reports/screening/shape.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'

const tones = { low: 'positive', raised: 'warning', high: 'critical' } as const
const stateTones = { clear: 'neutral', waiting: 'info', held: 'warning', refused: 'critical' } as const

/** How high a risk is: the figure and a word, so that the colour is never the only sign. */
export function RiskState({ points, reviewScore }: { points: number; reviewScore: number }) {
  const { t } = useTranslation('screening')
  const level = riskLevel(points, reviewScore)
  return (
    <State tone={tones[level]}>
      {t('risk.of', { score: riskOf(points) })} · {t(`risk.level.${level}`)}
    </State>
  )
}

/** Whether it waits, is held or was refused. */
export function HeldState({ state }: Pick<RiskRow, 'state'>) {
  const { t } = useTranslation('screening')
  return <State tone={stateTones[state]}>{t(`risk.state.${state}`)}</State>
}

/** What was judged last, each with its risk and the way to its signals. */
export function RiskTable({ risks, reviewScore }: { risks: readonly RiskRow[]; reviewScore: number }) {
  const { t } = useTranslation('screening')
  return (
    <Table
      caption={t('risk.title')}
      rows={risks}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'account',
          head: t('account'),
          isPrimary: true,
          cell: ({ kind, id, accountName }) => (
            <TextLink to={`/office/screening/risk?kind=${kind}&chosen=${id}`}>
              <bdi>{accountName}</bdi>
            </TextLink>
          ),
        },
        { key: 'risk', head: t('risk.score'), cell: ({ points }) => <RiskState points={points} reviewScore={reviewScore} /> },
        {
          key: 'signals',
          head: t('risk.signals'),
          isLong: true,
          cell: ({ reasons }) => reasons.map(({ reason }) => t(`reason.${reason}`)).join(' · ') || t('risk.noSignals'),
        },
        { key: 'state', head: t('result'), cell: ({ state }) => <HeldState state={state} /> },
        { key: 'at', head: t('at'), cell: ({ at }) => <DateTime instant={at} /> },
        ...useAmount(risks),
      ]}
    />
  )
}

function useAmount(risks: readonly RiskRow[]): Column<RiskRow>[] {
  const { t } = useTranslation('screening')
  if (risks.every(({ amount }) => amount === null)) return []
  return [{ key: 'amount', head: t('risk.amount'), isNumber: true, cell: ({ amount }) => (amount ? <Money amount={amount} /> : null) }]
}
