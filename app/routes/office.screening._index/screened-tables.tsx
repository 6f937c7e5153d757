import { useTranslation } from 'react-i18next'
import { riskOf } from '#app/domain/fraud/risk.ts'
import type { ScreenedRow } from '#app/reports/screening/shape.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { OrderPieces } from '#app/ui/catalog/order-pieces.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'

type Props = { orders: readonly ScreenedRow[] }

/** Orders that wait, each with the way to its decision. */
export function OpenTable({ orders }: Props) {
  const { t } = useTranslation('screening')
  return (
    <Table
      caption={t('waiting')}
      rows={orders}
      rowKey={({ orderId }) => orderId}
      columns={[
        {
          key: 'account',
          head: t('account'),
          isPrimary: true,
          cell: ({ orderId, accountName }) => <TextLink to={`/office/screening?order=${orderId}`}>{accountName}</TextLink>,
        },
        { key: 'pieces', head: t('ordered'), isLong: true, cell: ({ pieces }) => <OrderPieces pieces={pieces} /> },
        { key: 'since', head: t('held'), cell: ({ screenedAt }) => <DateTime instant={screenedAt} /> },
        { key: 'asked', head: t('ask.head'), cell: ({ questions }) => <AskedState questions={questions} /> },
        { key: 'score', head: t('risk.score'), isNumber: true, cell: ({ score }) => riskOf(score) },
        ...useAmount(),
      ]}
    />
  )
}

/** What was decided, by whom and why. */
export function DecidedTable({ orders }: Props) {
  const { t } = useTranslation('screening')
  return (
    <Table
      caption={t('decided')}
      rows={orders}
      rowKey={({ orderId }) => orderId}
      columns={[
        { key: 'order', head: t('order'), isPrimary: true, cell: ({ publicId }) => <PublicId id={publicId} isShort hasCopy={false} /> },
        { key: 'account', head: t('account'), cell: ({ accountName }) => accountName },
        { key: 'pieces', head: t('ordered'), isLong: true, cell: ({ pieces }) => <OrderPieces pieces={pieces} /> },
        { key: 'verdict', head: t('result'), cell: (order) => <Verdict order={order} /> },
        { key: 'by', head: t('by'), cell: ({ decidedBy }) => decidedBy ?? t('byRules') },
        { key: 'at', head: t('at'), cell: ({ decidedAt, screenedAt }) => <DateTime instant={decidedAt ?? screenedAt} /> },
        {
          key: 'note',
          head: t('why'),
          isLong: true,
          cell: ({ note, reasons }) => note ?? reasons.map(({ reason }) => t(`reason.${reason}`)).join(' · '),
        },
        ...useAmount(),
      ]}
    />
  )
}

/** Whether the buyer was asked, and answered. */
function AskedState({ questions }: Pick<ScreenedRow, 'questions'>) {
  const { t } = useTranslation('screening')
  const last = questions.at(-1)
  if (!last) return <State tone="neutral">{t('ask.not')}</State>
  return last.answeredAt ? <State tone="positive">{t('ask.answered')}</State> : <State tone="info">{t('ask.asked')}</State>
}

function Verdict({ order: { verdict, decision } }: { order: ScreenedRow }) {
  const { t } = useTranslation('screening')
  const isPassed = (decision ?? verdict) === 'pass'
  return <State tone={isPassed ? 'positive' : 'critical'}>{t(isPassed ? 'approved' : 'refused')}</State>
}

function useAmount(): Column<ScreenedRow>[] {
  const { t } = useTranslation('screening')
  return [{ key: 'amount', head: t('amount'), isNumber: true, cell: ({ net }) => <Money amount={net} /> }]
}
