import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { Money } from '../base/money.tsx'
import { PublicId } from '../base/public-id.tsx'
import { TextLink } from '../base/text-link.tsx'
import { Table } from '../tables/table.tsx'
import { RowActions, ServerTick } from './server-power.tsx'
import { ServerStateView } from './server-state.tsx'

export type ServerTableRow = {
  readonly id: string
  readonly name: string
  readonly state: 'building' | 'running' | 'stopped' | 'failed' | 'deleted'
  readonly address: string | null
  readonly planName: string
  readonly location: string
  readonly projectName: string | null
  readonly costSoFar: MoneyValue
  readonly monthlyCap: MoneyValue | null
  /** What may be asked of it now. */
  readonly actions: readonly string[]
}

type ServerTableProps = {
  caption: string
  rows: readonly ServerTableRow[]
  pathOf?: (id: string) => string
  empty: ReactNode
  /** Whether servers can be picked and worked on in the list; `PowerBar` belongs below it then. */
  hasActions?: boolean
}

/** Servers with what each has cost this month and can cost at most. */
export function ServerTable({ caption, rows, pathOf, empty, hasActions = false }: ServerTableProps) {
  const { t } = useTranslation('common')
  const hasProjects = rows.some(({ projectName }) => projectName !== null)
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'name',
          head: t('server.name'),
          isPrimary: true,
          cell: ({ id, name }) => (
            <span className="flex items-center gap-3 font-medium">
              {hasActions ? <ServerTick id={id} name={name} /> : null}
              {pathOf ? (
                <TextLink to={pathOf(id)} isQuiet>
                  {name}
                </TextLink>
              ) : (
                name
              )}
            </span>
          ),
        },
        { key: 'state', head: t('server.state'), cell: ({ state }) => <ServerStateView state={state} /> },
        {
          key: 'address',
          head: t('server.address'),
          cell: ({ address }) => (address ? <PublicId id={address} /> : <span className="text-muted">–</span>),
        },
        { key: 'plan', head: t('server.plan'), cell: ({ planName }) => planName },
        { key: 'location', isExtra: true, head: t('server.location'), cell: ({ location }) => location },
        ...(hasProjects
          ? [{ key: 'project', isExtra: true, head: t('server.project'), cell: ({ projectName }: ServerTableRow) => projectName ?? '–' }]
          : []),
        { key: 'cost', head: t('server.costSoFar'), isNumber: true, cell: ({ costSoFar }) => <Money amount={costSoFar} /> },
        {
          key: 'cap',
          head: t('server.monthlyCap'),
          isNumber: true,
          cell: ({ monthlyCap }) => (monthlyCap ? <Money amount={monthlyCap} className="text-muted" /> : '–'),
        },
        ...(hasActions
          ? [
              {
                key: 'actions',
                head: <span className="sr-only">{t('server.actions')}</span>,
                label: t('server.actions'),
                isNumber: true,
                cell: (row: ServerTableRow) => <RowActions id={row.id} name={row.name} actions={row.actions} />,
              },
            ]
          : []),
      ]}
    />
  )
}
