import { useOutletContext } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ServerDetail } from '#app/reports/servers/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Measured, MeterName } from '#app/ui/base/measured.tsx'
import { Money, Rate } from '#app/ui/base/money.tsx'
import { useSpecs } from '#app/ui/cloud/specs.tsx'
import { Table } from '#app/ui/tables/table.tsx'

export default function ServerOverview() {
  const server = useOutletContext<ServerDetail>()
  const { t } = useTranslation(['panel', 'common'])
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <Card id="charges" title={t('server.chargesTitle')} aside={t('common:money.net')} isFlush>
        <Table
          caption={t('server.chargesTitle')}
          rows={server.charges}
          rowKey={({ id }) => id}
          className="border-t border-border"
          empty={<EmptyState title={t('server.noCharges')}>{t('server.noChargesText')}</EmptyState>}
          columns={[
            { key: 'meter', head: t('usage.what'), isPrimary: true, cell: ({ meter }) => <MeterName meter={meter} /> },
            {
              key: 'quantity',
              head: t('usage.quantity'),
              isNumber: true,
              cell: ({ quantity, unit, meter }) => <Measured quantity={quantity} unit={unit} meter={meter} />,
            },
            {
              key: 'price',
              head: t('usage.price'),
              isNumber: true,
              cell: ({ unitPrice, amount }) => <Rate rate={unitPrice} currency={amount.currency} className="text-muted" />,
            },
            {
              key: 'amount',
              head: t('usage.amount'),
              isNumber: true,
              cell: ({ amount }) => <Money amount={amount} className="font-medium" />,
            },
          ]}
        />
      </Card>
      <ServerFacts server={server} />
    </div>
  )
}

function ServerFacts({ server }: { server: ServerDetail }) {
  const { t } = useTranslation(['panel', 'common'])
  const specs = useSpecs()
  const rows = [
    { label: t('server.size'), value: `${specs.cpu(server)} · ${specs.memory(server)} · ${specs.disk(server)}` },
    { label: t('server.image'), value: <bdi>{server.image}</bdi> },
    ...(server.hourly ? [{ label: t('server.hourly'), value: <Rate rate={server.hourly} currency={server.costSoFar.currency} /> }] : []),
    { label: t('server.account'), value: server.accountName },
    { label: t('server.created'), value: <DateTime instant={server.createdAt} /> },
  ]
  return (
    <Card id="facts" title={t('server.facts')}>
      <dl className="grid gap-3 text-sm">
        {rows.map((row) => (
          <div key={row.label}>
            <dt className="text-muted">{row.label}</dt>
            <dd className="mt-0.5">{row.value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
