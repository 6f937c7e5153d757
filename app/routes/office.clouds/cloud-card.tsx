import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { CloudDelivery, CloudView } from '#app/reports/clouds/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime, Period } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { State, type Tone } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useLabel } from '#app/ui/base/use-label.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { Facts } from '#app/ui/shell/page-header.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'

const tones = { receiving: 'info', received: 'info', mediated: 'info', rated: 'positive' } as const satisfies Record<string, Tone>

/** One cloud: how fresh its usage is, what it delivered lately, and a way to ask it now. */
export function CloudCard({ cloud, maySync }: { cloud: CloudView; maySync: boolean }) {
  const { t } = useTranslation('office')
  const label = useLabel()
  const format = useFormat()
  const caption = t('clouds.deliveries', { cloud: cloud.name })
  return (
    <Card
      id={`cloud-${cloud.id}`}
      title={<bdi>{cloud.name}</bdi>}
      aside={
        <div className="flex flex-wrap items-center gap-4">
          <Freshness cloud={cloud} />
          {maySync && cloud.isFetched ? <FetchNow cloud={cloud} /> : null}
        </div>
      }
      isFlush
    >
      <div className="px-card pb-4">
        <Facts
          facts={[
            { label: t('clouds.kind'), value: label(`office:clouds.adapter.${cloud.adapter}`, cloud.adapter) },
            ...(cloud.origin ? [{ label: t('clouds.address'), value: <Address origin={cloud.origin} /> }] : []),
            { label: t('clouds.lastSync'), value: cloud.lastSyncedAt ? <DateTime instant={cloud.lastSyncedAt} /> : t('clouds.never') },
            {
              label: t('clouds.mappings'),
              value: <TextLink to={`/office/clouds/${cloud.id}/mappings`}>{format.quantity(cloud.mappings)}</TextLink>,
            },
            { label: t('nav.quarantine'), value: <Quarantined count={cloud.quarantined} /> },
          ]}
        />
      </div>
      <Table
        caption={caption}
        rows={cloud.deliveries}
        rowKey={({ id }) => id}
        columns={useColumns()}
        empty={<EmptyState title={t('clouds.noDeliveries')}>{cloud.isFetched ? t('clouds.noDeliveriesText') : null}</EmptyState>}
      />
    </Card>
  )
}

function Freshness({ cloud }: { cloud: CloudView }) {
  const { t } = useTranslation('office')
  if (!cloud.isFetched) return <State tone="neutral">{t('clouds.byFile')}</State>
  if (!cloud.lastSyncedAt) return <State tone="neutral">{t('clouds.notYet')}</State>
  return cloud.isLate ? <State tone="warning">{t('clouds.late')}</State> : <State tone="positive">{t('clouds.inSync')}</State>
}

function Address({ origin }: { origin: string }) {
  return (
    <bdi dir="ltr" className="font-mono text-[0.8125rem] break-all">
      {origin}
    </bdi>
  )
}

function Quarantined({ count }: { count: number }) {
  const format = useFormat()
  return count > 0 ? <TextLink to="/office/quarantine">{format.quantity(count)}</TextLink> : <span>{format.quantity(0)}</span>
}

function FetchNow({ cloud }: { cloud: CloudView }) {
  const { t } = useTranslation('office')
  return (
    <Form method="post">
      <FormToken />
      <SubmitButton name="cloudConnectionId" value={cloud.id} look="secondary" size="small">
        {t('clouds.fetch')}
      </SubmitButton>
    </Form>
  )
}

function useColumns(): Column<CloudDelivery>[] {
  const { t } = useTranslation('office')
  const format = useFormat()
  const counted = (key: string, head: string, pick: (row: CloudDelivery) => number, isExtra = false): Column<CloudDelivery> => ({
    key,
    head,
    isNumber: true,
    isExtra,
    cell: (row) => <span className={pick(row) === 0 ? 'text-muted' : ''}>{format.quantity(pick(row))}</span>,
  })
  return [
    { key: 'started', head: t('billing.started'), isPrimary: true, cell: ({ startedAt }) => <DateTime instant={startedAt} isShort /> },
    {
      key: 'state',
      head: t('accounts.status'),
      cell: ({ state }) => (
        <State tone={tones[state]} isMoving={state === 'receiving'}>
          {t(`clouds.state.${state}`)}
        </State>
      ),
    },
    {
      key: 'span',
      head: t('clouds.span'),
      isExtra: true,
      cell: ({ span }) => (span ? <Period start={span.from} end={span.to} /> : t('clouds.file')),
    },
    counted('received', t('clouds.delivered'), ({ received }) => received),
    counted('duplicates', t('clouds.duplicates'), ({ duplicates }) => duplicates),
    counted('accepted', t('clouds.new'), ({ accepted }) => accepted),
    counted('dropped', t('clouds.dropped'), ({ dropped }) => dropped),
    counted('conflicts', t('clouds.conflicts'), ({ conflicts }) => conflicts, true),
    counted('quarantined', t('nav.quarantine'), ({ quarantined }) => quarantined),
  ]
}
