import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { Money } from '../base/money.tsx'
import { Badge, State, type Tone } from '../base/state.tsx'
import { TextLink } from '../base/text-link.tsx'
import { useFormat } from '../base/use-format.ts'
import { Table } from '../tables/table.tsx'

export type AccountTableRow = {
  readonly id: string
  readonly name: string
  readonly kind: 'personal' | 'business' | 'enterprise' | 'department'
  readonly isReseller: boolean
  readonly status: 'active' | 'suspended' | 'closed'
  readonly country: string
  readonly servers: number
  readonly accrued: MoneyValue
  readonly due: MoneyValue
  readonly overdue: MoneyValue
}

const tones = { active: 'positive', suspended: 'warning', closed: 'neutral' } as const satisfies Record<string, Tone>

/** Whether an account is active, as dot and word. */
export function AccountStatusView({ status }: { status: AccountTableRow['status'] }) {
  const { t } = useTranslation('common')
  return <State tone={tones[status]}>{t(`accountStatus.${status}`)}</State>
}

/** Buyers with what has accrued, what is due and what is late. */
export function AccountTable({ caption, rows, empty }: { caption: string; rows: readonly AccountTableRow[]; empty: ReactNode }) {
  const { t } = useTranslation(['office', 'common'])
  const format = useFormat()
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'name',
          head: t('accounts.name'),
          isPrimary: true,
          cell: ({ id, name, isReseller }) => (
            <span className="inline-flex flex-wrap items-center gap-2">
              <TextLink to={`/office/accounts/${id}`} isQuiet className="font-medium">
                {name}
              </TextLink>
              {isReseller ? <Badge tone="info">{t('accounts.reseller')}</Badge> : null}
            </span>
          ),
        },
        { key: 'kind', head: t('accounts.kind'), cell: ({ kind }) => t(`common:accountKind.${kind}`) },
        { key: 'status', head: t('accounts.status'), cell: ({ status }) => <AccountStatusView status={status} /> },
        { key: 'country', head: t('accounts.country'), cell: ({ country }) => format.country(country) },
        { key: 'servers', head: t('accounts.servers'), isNumber: true, cell: ({ servers }) => format.quantity(servers) },
        { key: 'accrued', head: t('accounts.accrued'), isNumber: true, cell: ({ accrued }) => <Money amount={accrued} /> },
        { key: 'due', head: t('accounts.due'), isNumber: true, cell: ({ due }) => <Money amount={due} /> },
        {
          key: 'overdue',
          head: t('accounts.overdue'),
          isNumber: true,
          cell: ({ overdue }) =>
            overdue.minor > 0n ? <Money amount={overdue} className="font-medium text-critical" /> : <span className="text-muted">–</span>,
        },
      ]}
    />
  )
}
