import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { riskOf } from '#app/domain/fraud/risk.ts'
import type { ScreenedRow } from '#app/reports/screening/shape.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { OrderPieces } from '#app/ui/catalog/order-pieces.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { RiskSignals } from '#app/ui/people/risk-signals.tsx'
import { Facts } from '#app/ui/shell/page-header.tsx'
import { AskBack, Asked } from './asking.tsx'

type Answer = Parameters<typeof useFieldErrors>[0]

/** An order that waits: who ordered what, why it was held, and the decision with its note. */
export function Review({ order, mayDecide, answer }: { order: ScreenedRow; mayDecide: boolean; answer: Answer }) {
  const format = useFormat()
  const { t } = useTranslation('screening')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card title={<PublicId id={order.publicId} isShort />} aside={t('risk.of', { score: riskOf(order.score) })}>
      <div className="grid gap-5">
        <Facts
          facts={[
            { label: t('account'), value: <TextLink to={`/office/accounts/${order.accountId}`}>{order.accountName}</TextLink> },
            { label: t('email'), value: <bdi>{order.email}</bdi> },
            { label: t('country'), value: format.country(order.country) },
            { label: t('since'), value: <DateTime instant={order.accountSince} /> },
            { label: t('ordered'), value: <OrderPieces pieces={order.pieces} /> },
            { label: t('amount'), value: <Money amount={order.net} /> },
            ...(order.addressHash ? [{ label: t('address'), value: <PublicId id={order.addressHash} isShort /> }] : []),
          ]}
        />
        <RiskSignals signals={order.reasons} />
        <Asked questions={order.questions} />
        {mayDecide ? (
          <Form method="post" className="grid gap-4 sm:max-w-xl">
            <FormToken />
            <input type="hidden" name="orderId" value={order.orderId} />
            <TextInput name="note" label={t('note')} required maxLength={200} defaultValue={typed('note')} error={error('note')} />
            <div className="flex flex-wrap gap-3">
              <Button name="decision" value="pass">
                {t('approve')}
              </Button>
              <Button name="decision" value="refuse" look="danger">
                {t('refuse')}
              </Button>
            </div>
          </Form>
        ) : null}
        {mayDecide && order.questions.every(({ answeredAt }) => answeredAt) ? <AskBack orderId={order.orderId} answer={answer} /> : null}
      </div>
    </Card>
  )
}
