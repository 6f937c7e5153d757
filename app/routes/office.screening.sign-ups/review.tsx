import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { riskOf } from '#app/domain/fraud/risk.ts'
import type { SignUpRow } from '#app/reports/screening/shape.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { TextArea, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { RiskSignals } from '#app/ui/people/risk-signals.tsx'
import { Facts } from '#app/ui/shell/page-header.tsx'

type ReviewProps = { signUp: SignUpRow; mayDecide: boolean; answer: Parameters<typeof useFieldErrors>[0] }

/** A sign-up that waits: who it is, why it was held, and the decision with its note. */
export function ReviewSignUp({ signUp, mayDecide, answer }: ReviewProps) {
  const format = useFormat()
  const { t } = useTranslation('screening')
  return (
    <Card title={<bdi>{signUp.name}</bdi>} aside={t('risk.of', { score: riskOf(signUp.score) })}>
      <div className="grid gap-5">
        <Facts
          facts={[
            {
              label: t('account'),
              value: (
                <TextLink to={`/office/accounts/${signUp.accountId}`}>
                  <bdi>{signUp.name}</bdi>
                </TextLink>
              ),
            },
            { label: t('email'), value: <bdi>{signUp.email}</bdi> },
            { label: t('signUps.holder'), value: t(`signUps.kind.${signUp.kind}`) },
            { label: t('country'), value: format.country(signUp.country) },
            ...(signUp.vatId ? [{ label: t('kind.vat-id'), value: <bdi dir="ltr">{signUp.vatId}</bdi> }] : []),
            { label: t('held'), value: <DateTime instant={signUp.screenedAt} /> },
            ...(signUp.addressHash ? [{ label: t('address'), value: <PublicId id={signUp.addressHash} isShort /> }] : []),
          ]}
        />
        <RiskSignals signals={signUp.reasons} />
        {mayDecide ? <Decision accountId={signUp.accountId} answer={answer} /> : null}
      </div>
    </Card>
  )
}

function Decision({ accountId, answer }: { accountId: string } & Pick<ReviewProps, 'answer'>) {
  const { t } = useTranslation('screening')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Form method="post" className="grid gap-4 sm:max-w-xl">
      <FormToken />
      <input type="hidden" name="accountId" value={accountId} />
      <TextInput
        name="note"
        label={t('signUps.note')}
        help={t('signUps.noteHelp')}
        required
        maxLength={200}
        defaultValue={typed('note')}
        error={error('note')}
      />
      <TextArea
        name="words"
        label={t('signUps.words')}
        help={t('signUps.wordsHelp')}
        maxLength={500}
        defaultValue={typed('words')}
        error={error('words')}
      />
      <div className="flex flex-wrap gap-3">
        <Button name="decision" value="pass">
          {t('signUps.clear')}
        </Button>
        <Button name="decision" value="refuse" look="danger">
          {t('refuse')}
        </Button>
      </div>
    </Form>
  )
}
