import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '#app/ui/base/card.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { ProofOfWork } from '#app/ui/forms/proof-of-work.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type RedeemCardProps = { answer: Parameters<typeof useFieldErrors>[0] & { readonly task?: string | undefined } }

/** Turns a gift code into balance. After some codes that were none, the browser works a moment for each further try. */
export function RedeemCard({ answer }: RedeemCardProps) {
  const { t } = useTranslation('payment')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card id="redeem" title={t('balance.redeem.title')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <TextInput
          name="giftCode"
          label={t('balance.redeem.code')}
          help={t('balance.redeem.help')}
          error={error('giftCode')}
          defaultValue={typed('giftCode') ?? ''}
          dir="ltr"
          autoComplete="off"
          maxLength={60}
          required
        />
        {answer?.task ? <ProofOfWork task={answer.task} /> : null}
        <div>
          <SubmitButton name="deed" value="gift" look="secondary">
            {t('balance.redeem.submit')}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
