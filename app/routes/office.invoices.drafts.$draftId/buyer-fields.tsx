import { useTranslation } from 'react-i18next'
import { CountrySelect } from '#app/ui/forms/country-select.tsx'
import { TextArea, TextInput } from '#app/ui/forms/field.tsx'

export type DraftBuyerFacts = {
  readonly name: string
  readonly email: string
  readonly addressLines: readonly string[]
  readonly country: string
  readonly vatId: string | null
  readonly reference: string | null
  readonly purchaseOrder: string | null
}
type Fields = { error: (name: string) => string | undefined; typed: (name: string) => string | undefined }

/** Whom the document names; it can be put right until it is issued. */
export function BuyerFields({ buyer, fields }: { buyer: DraftBuyerFacts; fields: Fields }) {
  const { t } = useTranslation('invoicing')
  const field = (name: string, value: string | null) => ({
    name,
    defaultValue: fields.typed(name) ?? value ?? '',
    error: fields.error(name),
  })
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <TextInput {...field('name', buyer.name)} label={t('draft.name')} required maxLength={200} />
      <TextInput {...field('email', buyer.email)} label={t('draft.email')} type="email" dir="ltr" required maxLength={254} />
      <TextArea {...field('address', buyer.addressLines.join('\n'))} label={t('draft.address')} help={t('draft.addressHelp')} rows={4} />
      <div className="flex flex-col gap-4">
        <CountrySelect {...field('country', buyer.country)} label={t('draft.country')} />
        <TextInput {...field('vatId', buyer.vatId)} label={t('draft.vatId')} help={t('draft.vatIdHelp')} dir="ltr" maxLength={30} />
      </div>
      <TextInput {...field('reference', buyer.reference)} label={t('draft.reference')} maxLength={80} />
      <TextInput {...field('purchaseOrder', buyer.purchaseOrder)} label={t('draft.purchaseOrder')} maxLength={80} />
    </div>
  )
}
