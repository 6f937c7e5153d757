import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import type { DeliveryRow } from '#app/ui/documents/delivery-table.tsx'
import { DeliveryTable } from '#app/ui/documents/delivery-table.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type SendingAnswer = {
  readonly problem?: 'invoice-not-found' | 'address-bounced' | 'already-waiting'
  readonly fields?: Readonly<Record<string, string>>
  readonly values?: Readonly<Record<string, string>>
}

type Props = {
  invoice: { readonly id: string; readonly accountId: string; readonly buyer: { readonly email: string } }
  rows: readonly DeliveryRow[]
  maySend: boolean
  answer: SendingAnswer | undefined
}

/** Every mail with the document and what became of it; and the way to send it again, to the same address or another. */
export function DeliveriesCard({ invoice, rows, maySend, answer }: Props) {
  const { t } = useTranslation('delivery')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card
      id="deliveries"
      title={t('title')}
      aside={<TextLink to={`/office/accounts/${invoice.accountId}/delivery`}>{t('settings')}</TextLink>}
      isFlush
      className="no-print mt-6"
    >
      <DeliveryTable rows={rows} empty={<EmptyState title={t('none')} />} />
      {maySend ? (
        <Form method="post" className="grid grid-cols-1 gap-4 border-t border-border px-card py-4">
          <FormToken />
          {answer?.problem ? <Notice tone="critical">{t(`problem.${answer.problem}`)}</Notice> : null}
          <div className="flex flex-wrap items-end gap-3">
            <TextInput
              name="sendTo"
              type="email"
              label={t('sendTo')}
              dir="ltr"
              required
              className="w-80 max-w-full"
              defaultValue={typed('sendTo') ?? rows[0]?.recipient ?? invoice.buyer.email}
              error={error('sendTo')}
            />
            <SubmitButton name="deed" value="send" look="secondary">
              {t('again')}
            </SubmitButton>
          </div>
        </Form>
      ) : null}
    </Card>
  )
}
