import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { RiskRow } from '#app/reports/screening/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { RiskSignals } from '#app/ui/people/risk-signals.tsx'
import { Facts } from '#app/ui/shell/page-header.tsx'
import { HeldState, RiskState } from './risk-table.tsx'

type RiskCardProps = {
  risk: RiskRow
  reviewScore: number
  mayDecide: boolean
  answer: Parameters<typeof useFieldErrors>[0]
}

/** One sign-up, order or payment: its risk with every signal, what lists can know it by, and the way to hold or clear it. */
export function RiskCard({ risk, reviewScore, mayDecide, answer }: RiskCardProps) {
  const format = useFormat()
  const { t } = useTranslation('screening')
  const { kind, id, accountId, accountName, email, country, amount, addressHash, cards, note } = risk
  return (
    <Card title={<RiskState points={risk.points} reviewScore={reviewScore} />} aside={<HeldState state={risk.state} />}>
      <div className="grid gap-5">
        <Facts
          facts={[
            {
              label: t('account'),
              value: (
                <TextLink to={`/office/accounts/${accountId}`}>
                  <bdi>{accountName}</bdi>
                </TextLink>
              ),
            },
            { label: t('email'), value: <bdi>{email}</bdi> },
            { label: t('country'), value: format.country(country) },
            ...(amount ? [{ label: t('risk.amount'), value: <Amount kind={kind} id={id} amount={amount} /> }] : []),
            ...(addressHash ? [{ label: t('address'), value: <PublicId id={addressHash} isShort /> }] : []),
            ...cards.map((card) => ({ label: t('kind.card'), value: <PublicId id={card} isShort /> })),
            ...(note ? [{ label: t('note'), value: <bdi>{note}</bdi> }] : []),
          ]}
        />
        <RiskSignals signals={risk.reasons} />
        <p className="text-sm text-muted">{t('risk.formula')}</p>
        {mayDecide ? <Deed risk={risk} answer={answer} /> : null}
      </div>
    </Card>
  )
}

function Amount({ kind, id, amount }: { kind: RiskRow['kind']; id: string; amount: NonNullable<RiskRow['amount']> }) {
  if (kind !== 'payment') return <Money amount={amount} />
  return (
    <TextLink to={`/office/payments/${id}`}>
      <Money amount={amount} />
    </TextLink>
  )
}

/** Holds what is clear and clears what is not; what waits in a queue is decided there. */
function Deed({ risk: { kind, id, state }, answer }: Pick<RiskCardProps, 'risk' | 'answer'>) {
  const { t } = useTranslation('screening')
  const { error, typed } = useFieldErrors(answer)
  if (state === 'waiting') {
    const path = kind === 'order' ? `/office/screening?order=${id}` : `/office/screening/sign-ups?account=${id}`
    return <TextLink to={path}>{t('risk.decide')}</TextLink>
  }
  // What was refused has ended, but for an account.
  if (state === 'refused' && kind === 'order') return null
  const deed = state === 'clear' ? 'hold' : 'clear'
  return (
    <Form method="post" className="grid gap-4 sm:max-w-xl">
      <FormToken />
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="id" value={id} />
      <TextInput
        name="note"
        label={t('note')}
        help={t(`risk.help.${deed}`)}
        required
        maxLength={200}
        defaultValue={typed('note')}
        error={error('note')}
      />
      <div>
        <SubmitButton name="deed" value={deed} look={deed === 'hold' ? 'danger' : 'primary'}>
          {t(`risk.deed.${deed}`)}
        </SubmitButton>
      </div>
    </Form>
  )
}
