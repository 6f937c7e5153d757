import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { money } from '#app/domain/money/money.ts'
import type { CreditPage } from '#app/services/credit/read-credit-page.server.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'

type LimitRow = CreditPage['limits'][number]
type ReservationRow = CreditPage['reservations'][number]

/** Every change of the limit with who wanted it and why; a second person decides here about what waits. */
export function LimitTable({ rows, currency, mayWrite }: { rows: readonly LimitRow[]; currency: string; mayWrite: boolean }) {
  const { t } = useTranslation('settlement')
  const columns: Column<LimitRow>[] = [
    { key: 'from', head: t('credit.history.from'), isPrimary: true, cell: ({ validFrom }) => <DateTime instant={validFrom} /> },
    { key: 'kind', head: t('credit.history.kind'), cell: ({ kind }) => t(`credit.history.${kind}`) },
    {
      key: 'amount',
      head: t('credit.history.amount'),
      isNumber: true,
      cell: ({ amountMinor }) => <Money amount={money(amountMinor, currency)} />,
    },
    { key: 'until', head: t('credit.history.until'), cell: ({ validUntil }) => (validUntil ? <DateTime instant={validUntil} /> : null) },
    {
      key: 'state',
      head: t('credit.history.state'),
      isLong: true,
      cell: (row) => (
        <>
          {t(`credit.history.stateName.${row.state}`)}
          {row.state === 'waiting' && mayWrite ? <Deeds limitId={row.id} /> : null}
        </>
      ),
    },
    {
      key: 'why',
      head: t('credit.reason'),
      isLong: true,
      cell: ({ reason, origin, createdBy, decidedBy }) => (
        <>
          {origin === 'own' ? reason : t(`credit.history.origin.${origin}`)}
          <span className="block text-muted">
            {[createdBy ?? t('credit.history.system'), ...(decidedBy ? [decidedBy] : [])].join(', ')}
          </span>
        </>
      ),
    },
  ]
  return (
    <Card id="limits" title={t('credit.history.title')} isFlush>
      <Table caption={t('credit.history.title')} rows={rows} rowKey={({ id }) => id} columns={columns} />
    </Card>
  )
}

function Deeds({ limitId }: { readonly limitId: string }) {
  const { t } = useTranslation('settlement')
  return (
    <Form method="post" action="?deed=decide" className="mt-2 flex flex-wrap gap-2">
      <FormToken />
      <input type="hidden" name="limitId" value={limitId} />
      <Button type="submit" name="decision" value="approve" size="small">
        {t('credit.history.approve')}
      </Button>
      <Button type="submit" name="decision" value="refuse" size="small" look="secondary">
        {t('credit.history.refuse')}
      </Button>
    </Form>
  )
}

/** What orders and changes hold of the limit until their fees are charged. */
export function ReservationTable({ rows, currency }: { rows: readonly ReservationRow[]; currency: string }) {
  const { t } = useTranslation('settlement')
  const columns: Column<ReservationRow>[] = [
    { key: 'at', head: t('credit.reservations.at'), isPrimary: true, cell: ({ createdAt }) => <DateTime instant={createdAt} /> },
    { key: 'for', head: t('credit.reservations.for'), cell: ({ sourceKind }) => t(`credit.reservations.${sourceKind}`) },
    { key: 'state', head: t('credit.history.state'), cell: ({ state }) => t(`credit.reservations.stateName.${state}`) },
    {
      key: 'open',
      head: t('credit.reservations.open'),
      isNumber: true,
      cell: ({ openMinor }) => <Money amount={money(openMinor, currency)} />,
    },
  ]
  return (
    <Card id="reservations" title={t('credit.reservations.title')} isFlush>
      <Table
        caption={t('credit.reservations.title')}
        rows={rows}
        rowKey={({ id }) => id}
        columns={columns}
        empty={<EmptyState title={t('credit.reservations.none')} />}
      />
    </Card>
  )
}
