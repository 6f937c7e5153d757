import { useTranslation } from 'react-i18next'
import { priceRoundings } from '#app/domain/pricing/price-change/round-price.ts'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { CatalogSelect, DeedForm, type NewFormProps } from './new-forms.tsx'

/** Prices of its own for a channel's catalog: those of another book, moved by a percentage, or none for now. */
export function NewBook({ overview, state, today }: NewFormProps & { today: string }) {
  const { t } = useTranslation(['catalog', 'pricing', 'common'])
  const { error, typed } = state
  return (
    <DeedForm deed="book" submit={t('books.add')} isOpen={state.isOpen('book')}>
      <CatalogSelect name="bookCatalogId" overview={overview} state={state} isOfChannel />
      <TextInput
        name="bookCurrency"
        label={t('books.currency')}
        help={t('books.currencyHelp')}
        dir="ltr"
        required
        maxLength={3}
        defaultValue={typed('bookCurrency') ?? overview.sources[0]?.currency}
        error={error('bookCurrency')}
      />
      <Select
        name="sourceBookId"
        label={t('books.source')}
        help={t('books.sourceHelp')}
        defaultValue={typed('sourceBookId') ?? overview.sources[0]?.id}
        error={error('sourceBookId')}
      >
        {overview.sources.map(({ id, name, currency }) => (
          <option key={id} value={id}>
            {name} · {currency}
          </option>
        ))}
        <option value="">{t('books.empty')}</option>
      </Select>
      <TextInput
        name="percent"
        label={t('books.percent')}
        help={t('books.percentHelp')}
        inputMode="decimal"
        dir="ltr"
        defaultValue={typed('percent') ?? '0'}
        error={error('percent')}
      />
      <Select
        name="bookRounding"
        label={t('pricing:changes.rounding')}
        help={t('pricing:changes.roundingHelp')}
        defaultValue={typed('bookRounding') ?? 'none'}
        error={error('bookRounding')}
      >
        {priceRoundings.map((rounding) => (
          <option key={rounding} value={rounding}>
            {t(`pricing:changes.roundingRule.${rounding}`)}
          </option>
        ))}
      </Select>
      <TextInput
        name="bookFrom"
        type="date"
        label={t('books.from')}
        help={t('books.fromHelp')}
        required
        min={today}
        defaultValue={typed('bookFrom') ?? today}
        error={error('bookFrom')}
      />
    </DeedForm>
  )
}
