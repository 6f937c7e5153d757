import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import type { InvoiceDeedName } from './allowed-deeds.ts'

const pages = { credit: 'credit', void: 'void', withdraw: 'void', uncollectible: 'uncollectible', reissue: 'reissue' } as const

/** What staff may do with a document as it stands; the rest is not offered. */
export function InvoiceDeeds({ invoiceId, deeds }: { invoiceId: string; deeds: readonly InvoiceDeedName[] }) {
  const { t } = useTranslation('invoicing')
  return deeds.map((deed) =>
    deed === 'debit' || deed === 'invoice' ? (
      <Form key={deed} method="post">
        <FormToken />
        <SubmitButton name="deed" value={deed} look="secondary" size="small" className="h-9">
          {t(`deed.${deed}`)}
        </SubmitButton>
      </Form>
    ) : (
      <ButtonLink key={deed} to={`/office/invoices/${invoiceId}/${pages[deed]}`} look="secondary" size="small" className="h-9">
        {t(`deed.${deed}`)}
      </ButtonLink>
    ),
  )
}
