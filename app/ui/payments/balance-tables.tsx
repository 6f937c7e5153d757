import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import type { GrantKind, GrantScope, GrantState } from '#app/domain/wallet/credit-grant.ts'
import { DateTime, Day } from '../base/date-time.tsx'
import { EmptyState } from '../base/empty-state.tsx'
import { Money } from '../base/money.tsx'
import { State, type Tone } from '../base/state.tsx'
import { TextLink } from '../base/text-link.tsx'
import { type Column, Table } from '../tables/table.tsx'

export type ShownGrant = {
  readonly id: string
  readonly kind: GrantKind
  readonly shown: GrantState | 'used'
  readonly amount: MoneyValue
  readonly left: MoneyValue
  readonly scope: GrantScope
  readonly products: readonly Readonly<Record<string, string>>[]
  readonly expiresOn: string | null
  readonly reason: string | null
  readonly grantedAt: Date
  readonly receiptId: string | null
}

const tones = { waiting: 'warning', active: 'positive', used: 'neutral', refused: 'neutral', expired: 'neutral' } as const satisfies Record<
  ShownGrant['shown'],
  Tone
>

type GrantTableProps<Row extends ShownGrant> = {
  rows: readonly Row[]
  /** Where documents are. */
  documents: string
  deeds?: ((row: Row) => ReactNode) | undefined
}

/** What a balance is made of, in the order in which it is used. */
export function GrantTable<Row extends ShownGrant>({ rows, documents, deeds }: GrantTableProps<Row>) {
  const { t, i18n } = useTranslation('payment')
  const nameOf = (names: Readonly<Record<string, string>>) => names[i18n.language] ?? names.en ?? Object.values(names)[0] ?? ''
  const columns: Column<Row>[] = [
    {
      key: 'kind',
      head: t('balance.what'),
      isPrimary: true,
      isLong: true,
      cell: ({ kind, reason, scope, products }) => (
        <>
          <span className="font-medium">{t(`balance.kind.${kind}`)}</span>
          {reason ? <span className="block text-xs text-muted">{reason}</span> : null}
          {scope === 'all' ? null : (
            <span className="block text-xs text-muted">{t(`balance.only.${scope}`, { products: products.map(nameOf).join(', ') })}</span>
          )}
        </>
      ),
    },
    { key: 'state', head: t('stateHead'), cell: ({ shown }) => <State tone={tones[shown]}>{t(`balance.state.${shown}`)}</State> },
    { key: 'from', head: t('balance.from'), isExtra: true, cell: ({ grantedAt }) => <DateTime instant={grantedAt} isDayOnly /> },
    { key: 'until', head: t('balance.until'), cell: ({ expiresOn }) => (expiresOn ? <Day day={expiresOn} /> : '–') },
    { key: 'amount', head: t('amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} /> },
    { key: 'left', head: t('balance.left'), isNumber: true, cell: ({ left }) => <Money amount={left} className="font-medium" /> },
    {
      key: 'receipt',
      head: t('balance.receipt'),
      cell: ({ receiptId }) => (receiptId ? <TextLink to={`${documents}/${receiptId}`}>{t('balance.show')}</TextLink> : '–'),
    },
  ]
  const deed: Column<Row> = {
    key: 'deed',
    head: <span className="sr-only">{t('balance.deed')}</span>,
    isNumber: true,
    cell: (row) => deeds?.(row),
  }
  return (
    <Table
      caption={t('balance.grants')}
      rows={rows}
      rowKey={({ id }) => id}
      columns={deeds ? [...columns, deed] : columns}
      empty={<EmptyState title={t('balance.noGrants')} />}
    />
  )
}

export type ShownUse = {
  readonly id: string
  readonly invoiceId: string
  readonly number: string
  readonly amount: MoneyValue
  readonly usedAt: Date
}

/** What a balance paid, newest first. */
export function GrantUseTable({ rows, documents }: { rows: readonly ShownUse[]; documents: string }) {
  const { t } = useTranslation('payment')
  return (
    <Table
      caption={t('balance.uses')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('balance.noUses')} />}
      columns={[
        {
          key: 'invoice',
          head: t('balance.invoice'),
          isPrimary: true,
          cell: ({ invoiceId, number }) => <TextLink to={`${documents}/${invoiceId}`}>{number}</TextLink>,
        },
        { key: 'day', head: t('balance.usedOn'), cell: ({ usedAt }) => <DateTime instant={usedAt} isDayOnly /> },
        { key: 'amount', head: t('amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} /> },
      ]}
    />
  )
}
