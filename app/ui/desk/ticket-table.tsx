import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TicketLink, TicketOrigin, TicketState } from '#app/domain/tickets/ticket.ts'
import { DateTime } from '../base/date-time.tsx'
import { TextLink } from '../base/text-link.tsx'
import { Table } from '../tables/table.tsx'
import { TicketStateView } from './ticket-state.tsx'
import { useTicketLink, useTicketSubject } from './use-ticket-words.ts'

type Row = {
  readonly id: string
  readonly number: number
  readonly subject: string
  readonly origin: TicketOrigin
  readonly state: TicketState
  readonly accountId: string
  readonly accountName: string
  readonly link: (TicketLink & { readonly name: string }) | null
  readonly changedAt: Date
  readonly waitingSince: Date | null
}

type TicketTableProps = { rows: readonly Row[]; base: '/panel/tickets' | '/office/tickets'; hasAccounts: boolean; empty: ReactNode }

/** Tickets, by what waits longest. */
export function TicketTable({ rows, base, hasAccounts, empty }: TicketTableProps) {
  const { t } = useTranslation('ticket')
  const subjectOf = useTicketSubject()
  const linkOf = useTicketLink()
  const isOffice = base === '/office/tickets'
  return (
    <Table
      caption={t('title')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'subject',
          head: t('subject'),
          isPrimary: true,
          isLong: true,
          cell: (row) => (
            <>
              <TextLink to={`${base}/${row.id}`} className="font-medium break-words">
                <bdi>{subjectOf(row)}</bdi>
              </TextLink>
              <span className="block text-muted">#{row.number}</span>
            </>
          ),
        },
        ...(hasAccounts
          ? [
              {
                key: 'account',
                head: t('account'),
                isLong: true,
                cell: ({ accountId, accountName }: Row) =>
                  isOffice ? <TextLink to={`/office/accounts/${accountId}`}>{accountName}</TextLink> : <bdi>{accountName}</bdi>,
              },
            ]
          : []),
        { key: 'about', head: t('about'), isLong: true, cell: ({ link }) => (link ? linkOf(link) : '–') },
        { key: 'state', head: t('stateHead'), cell: ({ state }) => <TicketStateView state={state} isOffice={isOffice} /> },
        {
          key: 'since',
          head: isOffice ? t('waitingSince') : t('changed'),
          cell: ({ waitingSince, changedAt }) => <DateTime instant={(isOffice ? waitingSince : null) ?? changedAt} isShort />,
        },
      ]}
    />
  )
}
