import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { OffersOverview } from '#app/reports/parent-offers/shape.ts'
import { useWords } from '#app/ui/base/use-words.ts'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

type OfferFormProps = {
  readonly overview: OffersOverview
  readonly error: (name: string) => string | undefined
  readonly typed: (name: string) => string | undefined
}

const frame = 'grid items-start gap-4 border-t border-border p-5 sm:grid-cols-2'

/** Takes an offer into the own catalog, at the prices that the mark-ups of a book make of it. */
export function ImportForm({ overview, error, typed, today }: OfferFormProps & { today: string }) {
  const { t } = useTranslation(['catalog', 'common'])
  const inWords = useWords()
  const open = overview.offers.filter((offer) => !offer.isWithdrawn && !offer.isRateCard)
  if (open.length === 0) return null
  return (
    <Form method="post" action="?deed=import" className={frame}>
      <FormToken />
      <Select name="offerId" label={t('offers.offer')} defaultValue={typed('offerId')} error={error('offerId')}>
        {open.map(({ id, name, code }) => (
          <option key={id} value={id}>
            {inWords(name) || code}
          </option>
        ))}
      </Select>
      <Select
        name="priceBookId"
        label={t('offers.book')}
        help={t('offers.bookHelp')}
        isOptional={t('common:optional')}
        defaultValue={typed('priceBookId') ?? ''}
        error={error('priceBookId')}
      >
        <option value="">–</option>
        {overview.books.map(({ id, name, currency }) => (
          <option key={id} value={id}>
            {name} · {currency}
          </option>
        ))}
      </Select>
      <TextInput name="from" type="date" label={t('offers.from')} required defaultValue={typed('from') ?? today} error={error('from')} />
      <TextInput
        name="reason"
        label={t('offers.reason')}
        help={t('offers.reasonHelp')}
        isOptional={t('common:optional')}
        maxLength={200}
        defaultValue={typed('reason')}
        error={error('reason')}
      />
      <div className="sm:col-span-2">
        <SubmitButton look="secondary">{t('offers.import')}</SubmitButton>
      </div>
    </Form>
  )
}

/** Lets a reseller sell a plan on, within a range of monthly prices. */
export function DelegateForm({ overview, error, typed }: OfferFormProps) {
  const { t } = useTranslation(['catalog', 'common'])
  const inWords = useWords()
  return (
    <Form method="post" action="?deed=delegate" className={frame}>
      <FormToken />
      <Select name="accountId" label={t('offers.reseller')} defaultValue={typed('accountId')} error={error('accountId')}>
        {overview.resellers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Select name="productId" label={t('offers.plan')} defaultValue={typed('productId')} error={error('productId')}>
        {overview.products.map(({ id, name }) => (
          <option key={id} value={id}>
            {inWords(name)}
          </option>
        ))}
      </Select>
      <TextInput
        name="priceFloor"
        label={t('offers.floor')}
        help={t('offers.rangeHelp')}
        isOptional={t('common:optional')}
        inputMode="decimal"
        dir="ltr"
        defaultValue={typed('priceFloor')}
        error={error('priceFloor')}
      />
      <TextInput
        name="priceCeiling"
        label={t('offers.ceiling')}
        isOptional={t('common:optional')}
        inputMode="decimal"
        dir="ltr"
        defaultValue={typed('priceCeiling')}
        error={error('priceCeiling')}
      />
      <div className="sm:col-span-2">
        <SubmitButton look="secondary">{t('offers.delegate')}</SubmitButton>
      </div>
    </Form>
  )
}
