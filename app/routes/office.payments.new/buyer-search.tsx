import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'

type BuyerSearchProps = { words: string; found: readonly { readonly id: string; readonly name: string }[] | null }

/** Who paid: found by name, or by the number of an invoice. */
export function BuyerSearch({ words, found }: BuyerSearchProps) {
  const { t } = useTranslation('payment')
  return (
    <Card className="max-w-2xl">
      <Form method="get" role="search" className="grid gap-5">
        <TextInput name="buyer" label={t('record.who')} help={t('record.whoHelp')} defaultValue={words} maxLength={80} required />
        <div>
          <Button look="secondary">{t('record.search')}</Button>
        </div>
      </Form>
      {found ? (
        <ul className="mt-6 divide-y divide-border border-t border-border text-sm" aria-label={t('record.found')}>
          {found.map(({ id, name }) => (
            <li key={id} className="py-3">
              <TextLink to={`/office/payments/new?account=${id}`}>{name}</TextLink>
            </li>
          ))}
          {found.length === 0 ? <li className="py-3">{t('record.nobody')}</li> : null}
        </ul>
      ) : null}
    </Card>
  )
}
