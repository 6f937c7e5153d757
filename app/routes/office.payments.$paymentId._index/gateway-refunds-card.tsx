import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { GatewayRefundView } from '#app/reports/payments/disputes.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { RefundStateView } from '#app/ui/payments/gateway-states.tsx'
import { Table } from '#app/ui/tables/table.tsx'

type GatewayRefundsProps = { paymentId: string; refunds: readonly GatewayRefundView[]; mayWrite: boolean; userId: string | null }

/** Refunds through the gateway and where they stand; one that waits is let go by a second person, or withdrawn. */
export function GatewayRefundsCard({ paymentId, refunds, mayWrite, userId }: GatewayRefundsProps) {
  const { t } = useTranslation('payment')
  if (refunds.length === 0) return null
  return (
    <Card title={t('gateway.refunds')} isFlush>
      <Table
        caption={t('gateway.refunds')}
        rows={refunds}
        rowKey={({ id }) => id}
        columns={[
          { key: 'at', head: t('at'), isPrimary: true, cell: ({ createdAt }) => <DateTime instant={createdAt} isShort /> },
          { key: 'state', head: t('stateHead'), cell: ({ state }) => <RefundStateView state={state} /> },
          { key: 'reason', head: t('reason'), isLong: true, cell: ({ reason }) => reason },
          { key: 'amount', head: t('amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} /> },
          {
            key: 'deed',
            head: <span className="sr-only">{t('gateway.decide')}</span>,
            label: t('gateway.decide'),
            cell: ({ id, state, requestedBy }) =>
              mayWrite && state === 'waiting' ? (
                <Form method="post" action={`/office/refunds/${id}`} className="flex flex-wrap gap-2">
                  <FormToken />
                  <input type="hidden" name="paymentId" value={paymentId} />
                  {requestedBy === userId ? null : (
                    <SubmitButton name="deed" value="approve" size="small">
                      {t('gateway.approve')}
                    </SubmitButton>
                  )}
                  <SubmitButton name="deed" value="withdraw" look="quiet" size="small">
                    {t('gateway.withdraw')}
                  </SubmitButton>
                </Form>
              ) : null,
          },
        ]}
      />
    </Card>
  )
}
