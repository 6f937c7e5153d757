import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { printIban } from '#app/domain/bank/iban.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { Checkbox, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

type UploadCardProps = {
  /** The account whose statements are taken; null until the seller told it. */
  iban: string | null
  done: { readonly read: number; readonly added: number; readonly matched: number } | null
  answer: { readonly problem: string; readonly place: string } | undefined
}

/** A file of the bank, taken whole or not at all. */
export function UploadCard({ iban, done, answer }: UploadCardProps) {
  const { t } = useTranslation('payment')
  const label = useLabel()
  if (!iban)
    return (
      <Card title={t('bank.upload')}>
        <p className="text-sm">
          {t('bank.noAccount')} <TextLink to="/office/bank-details">{t('bank.tellAccount')}</TextLink>
        </p>
      </Card>
    )
  const problem = answer && label(`payment:bankProblem.${answer.problem}`, t('bankProblem.other'))
  return (
    <Card title={t('bank.upload')}>
      <Form method="post" encType="multipart/form-data" className="grid gap-5">
        <FormToken />
        {done ? <Notice tone="positive">{t('bank.done', { read: done.read, added: done.added, matched: done.matched })}</Notice> : null}
        <p className="text-sm">
          {t('bank.account')} <bdi dir="ltr">{printIban(iban)}</bdi>
        </p>
        <TextInput
          name="bankFile"
          type="file"
          accept=".xml,.sta,.mt940,.txt,.csv"
          label={t('bank.file')}
          help={t('bank.fileHelp')}
          error={answer?.place ? `${problem} (${answer.place})` : problem}
          required
        />
        <Checkbox name="isMatched" label={t('bank.match')} defaultChecked />
        <div>
          <SubmitButton>{t('bank.send')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
