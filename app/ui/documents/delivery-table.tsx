import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import { DateTime } from '../base/date-time.tsx'
import { State, type Tone } from '../base/state.tsx'
import { TextLink } from '../base/text-link.tsx'
import { type Column, Table } from '../tables/table.tsx'

export type DeliveryRow = {
  readonly id: string
  readonly invoiceId: string
  readonly documentType: DocumentType
  readonly number: string
  readonly accountId: string
  readonly accountName: string
  readonly recipient: string
  readonly recipientName: string | null
  readonly manner: 'attached' | 'linked'
  readonly state: 'sending' | 'accepted' | 'bounced' | 'withheld'
  readonly messageId: string | null
  readonly statusCode: string | null
  readonly reason: string | null
  readonly isAskedFor: boolean
  readonly at: Date
  readonly openedCount: number
  readonly firstOpenedAt: Date | null
  readonly lastOpenedAt: Date | null
}

const tones = {
  sending: 'info',
  accepted: 'positive',
  bounced: 'critical',
  withheld: 'warning',
} as const satisfies Record<DeliveryRow['state'], Tone>

type Props = { rows: readonly DeliveryRow[]; hasDocument?: boolean; deed?: (row: DeliveryRow) => ReactNode; empty: ReactNode }

/** Mails with documents: to whom, what became of each, and what the other side said. */
export function DeliveryTable({ rows, hasDocument = false, deed, empty }: Props) {
  const { t } = useTranslation('delivery')
  return (
    <Table
      caption={t('title')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        ...useDocumentColumns(hasDocument),
        {
          key: 'recipient',
          head: t('recipient'),
          isPrimary: !hasDocument,
          isLong: true,
          cell: ({ recipient, recipientName }) => (
            <>
              {recipientName ? <bdi className="block">{recipientName}</bdi> : null}
              <bdi dir="ltr" className="wrap-anywhere text-muted">
                {recipient}
              </bdi>
            </>
          ),
        },
        { key: 'state', head: t('state'), isLong: true, cell: (row) => <DeliveryState row={row} /> },
        { key: 'at', head: t('at'), cell: ({ at }) => <DateTime instant={at} /> },
        { key: 'opened', head: t('opened.title'), isLong: true, cell: (row) => <Openings row={row} /> },
        {
          key: 'message',
          head: t('message'),
          isExtra: true,
          cell: ({ messageId }) => (
            <bdi dir="ltr" className="block max-w-56 truncate text-muted">
              {messageId}
            </bdi>
          ),
        },
        ...(deed ? [{ key: 'deed', head: <span className="sr-only">{t('again')}</span>, cell: deed }] : []),
      ]}
    />
  )
}

function useDocumentColumns(hasDocument: boolean): Column<DeliveryRow>[] {
  const { t } = useTranslation(['delivery', 'common'])
  if (!hasDocument) return []
  return [
    {
      key: 'document',
      head: t('document'),
      isPrimary: true,
      cell: ({ invoiceId, documentType, number }) => (
        <TextLink to={`/office/invoices/${invoiceId}`} isQuiet>
          {t(`common:documentType.${documentType}`)} <bdi dir="ltr">{number}</bdi>
        </TextLink>
      ),
    },
    {
      key: 'account',
      head: t('account'),
      isLong: true,
      cell: ({ accountId, accountName }) => (
        <TextLink to={`/office/accounts/${accountId}`} isQuiet>
          <bdi>{accountName}</bdi>
        </TextLink>
      ),
    },
  ]
}

function DeliveryState({ row: { state, manner, reason, statusCode, isAskedFor } }: { row: DeliveryRow }) {
  const { t } = useTranslation('delivery')
  return (
    <>
      <State tone={tones[state]} isMoving={state === 'sending'}>
        {t(`stateName.${state}`)}
      </State>
      <span className="block text-xs text-muted">
        {t(`mannerName.${manner}`)}
        {isAskedFor ? ` · ${t('askedFor')}` : null}
      </span>
      {reason ? (
        <bdi className="block max-w-96 text-xs text-muted" dir="ltr">
          {statusCode} {reason}
        </bdi>
      ) : null}
    </>
  )
}

/** How often the link gave its document. What came attached to the mail is opened where nobody looks. */
function Openings({ row: { manner, openedCount, firstOpenedAt, lastOpenedAt } }: { row: DeliveryRow }) {
  const { t } = useTranslation('delivery')
  if (manner === 'attached') return null
  if (!firstOpenedAt || !lastOpenedAt) return <span className="text-muted">{t('opened.never')}</span>
  return (
    <>
      <span className="block">{t('opened.times', { count: openedCount })}</span>
      <span className="block text-xs text-muted">
        {t('opened.first')} <DateTime instant={firstOpenedAt} />
      </span>
      {openedCount > 1 ? (
        <span className="block text-xs text-muted">
          {t('opened.last')} <DateTime instant={lastOpenedAt} />
        </span>
      ) : null}
    </>
  )
}
