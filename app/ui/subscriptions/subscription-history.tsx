import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import type { SubscriptionChangeKind, SubscriptionChangeState } from '#app/domain/subscription/subscription-change.ts'
import { Card } from '../base/card.tsx'
import { DateTime } from '../base/date-time.tsx'
import { EmptyState } from '../base/empty-state.tsx'
import { Money } from '../base/money.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { Table } from '../tables/table.tsx'
import { ChangeStateView } from './subscription-state.tsx'

export type ShownChange = {
  readonly id: string
  readonly kind: SubscriptionChangeKind
  readonly state: SubscriptionChangeState
  readonly effectiveAt: Date
  readonly createdAt: Date
  readonly askedBy: string | null
  readonly decidedBy: string | null
  readonly product: string | null
  readonly quantity: string | null
  readonly total: MoneyValue | null
}

type SubscriptionHistoryProps = {
  changes: readonly ShownChange[]
  mayWrite: (change: ShownChange) => boolean
  /** The buyer accepts what is proposed; the seller only takes it back. */
  isBuyer: boolean
  /** More about a change that was not made. */
  failureOf?: (id: string) => ReactNode
}

/** What was asked for, by whom, and what became of it; what is still open can be decided here. */
export function SubscriptionHistory({ changes, mayWrite, isBuyer, failureOf }: SubscriptionHistoryProps) {
  const { t } = useTranslation('subscription')
  return (
    <Card id="history" title={t('history.title')} isFlush>
      <Table
        caption={t('history.title')}
        rows={changes}
        rowKey={({ id }) => id}
        className="border-t border-border"
        empty={<EmptyState title={t('history.none')}>{t('history.noneText')}</EmptyState>}
        columns={[
          { key: 'what', head: t('history.what'), isPrimary: true, isLong: true, cell: (change) => <What change={change} /> },
          { key: 'on', head: t('history.on'), cell: ({ effectiveAt }) => <DateTime instant={effectiveAt} isShort /> },
          {
            key: 'state',
            head: t('stateHead'),
            isLong: true,
            cell: ({ id, state }) => (
              <>
                <ChangeStateView state={state} /> {failureOf?.(id)}
              </>
            ),
          },
          { key: 'total', head: t('history.total'), isNumber: true, cell: ({ total }) => (total ? <Money amount={total} /> : '–') },
          {
            key: 'people',
            head: t('history.people'),
            isLong: true,
            cell: ({ askedBy, decidedBy }) => [askedBy ?? t('history.system'), ...(decidedBy ? [decidedBy] : [])].join(' → '),
          },
          {
            key: 'deeds',
            head: <span className="sr-only">{t('history.deeds')}</span>,
            label: t('history.deeds'),
            cell: (change) => (mayWrite(change) ? <Deeds change={change} isBuyer={isBuyer} /> : null),
          },
        ]}
      />
    </Card>
  )
}

function What({ change: { kind, product, quantity } }: { change: ShownChange }) {
  const { t } = useTranslation('subscription')
  return (
    <span className="font-medium">
      {t(`kind.${kind}`)}
      {product ? (
        <>
          : <bdi>{product}</bdi>
        </>
      ) : null}
      {quantity && quantity !== '1' ? ` × ${quantity}` : null}
    </span>
  )
}

function Deeds({ change: { id, state }, isBuyer }: { change: ShownChange; isBuyer: boolean }) {
  const { t } = useTranslation('subscription')
  if (state !== 'proposed' && state !== 'scheduled') return null
  return (
    <Form method="post" className="flex gap-2">
      <FormToken />
      <input type="hidden" name="changeId" value={id} />
      {state === 'proposed' && isBuyer ? (
        <SubmitButton size="small" name="deed" value="accept">
          {t('deed.accept')}
        </SubmitButton>
      ) : null}
      <SubmitButton size="small" look="secondary" name="deed" value="undo">
        {t(state === 'proposed' && isBuyer ? 'deed.decline' : 'deed.undo')}
      </SubmitButton>
    </Form>
  )
}
