import { useTranslation } from 'react-i18next'
import type { KnownRate } from '#app/reports/margins/shape.ts'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { TextInput } from '#app/ui/forms/field.tsx'
import type { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type FormState = Pick<ReturnType<typeof useFieldErrors>, 'error' | 'typed'>
type ExchangeFieldsProps = { readonly state: FormState; readonly pair: string; readonly known: KnownRate | null }

/** The rate a mark-up converts with, its source and its day: filled with the newest one the seller knows, to be kept or typed over. */
export function ExchangeFields({ state: { error, typed }, pair, known }: ExchangeFieldsProps) {
  const { t } = useTranslation('catalog')
  const field = (name: string, filled: string | undefined) => ({ name, defaultValue: typed(name) ?? filled, error: error(name) })
  return (
    <>
      <KnownRateNote known={known} />
      <TextInput {...field('exchangeRate', known?.rate)} label={t('margins.rate', { pair })} inputMode="decimal" dir="ltr" />
      <TextInput {...field('exchangeSource', known?.source)} label={t('margins.rateSource')} maxLength={100} />
      <TextInput {...field('exchangeDate', known?.date)} type="date" label={t('margins.rateDate')} />
    </>
  )
}

function KnownRateNote({ known }: { known: KnownRate | null }) {
  const { t } = useTranslation('catalog')
  const format = useFormat()
  return (
    <p className="text-sm text-muted sm:col-span-2" suppressHydrationWarning>
      {known ? t('margins.rateKnown', { ...known, date: format.day(known.date) }) : t('margins.rateUnknown')}{' '}
      <TextLink to="/office/pricing/exchange-rates">{t('margins.rateList')}</TextLink>
    </p>
  )
}
