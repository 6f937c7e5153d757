import { useTranslation } from 'react-i18next'
import { ButtonLink } from '#app/ui/base/button.tsx'

/** The way to settle a document by what its buyer has unapplied. */
export function SettleLink({ invoiceId }: { invoiceId: string }) {
  const { t } = useTranslation('payment')
  return (
    <ButtonLink to={`/office/invoices/${invoiceId}/settle`} look="secondary" size="small" className="h-9">
      {t('settle.open')}
    </ButtonLink>
  )
}

/** The page of what settled a document. */
export function sourcePath({ kind, sourceId }: { readonly kind: 'payment' | 'credit'; readonly sourceId: string }): string {
  return kind === 'payment' ? `/office/payments/${sourceId}` : `/office/invoices/${sourceId}`
}
