import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '#app/ui/base/card.tsx'
import { CurrencyOptions } from '#app/ui/forms/currency-options.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

type EnterRateProps = {
  currencies: readonly string[]
  own: string
  today: string
  error: (name: string) => string | undefined
  typed: (name: string) => string | undefined
}

/** Types a rate in, with where it comes from and its day. */
export function EnterRate({ currencies, own, today, error, typed }: EnterRateProps) {
  const { t } = useTranslation('pricing')
  return (
    <Card title={t('exchange.enter')} aside={t('exchange.enterAside')}>
      <Form method="post" className="grid items-start gap-4 sm:grid-cols-2">
        <FormToken />
        <Select name="base" label={t('exchange.base')} defaultValue={typed('base') ?? own} error={error('base')}>
          <CurrencyOptions codes={currencies} />
        </Select>
        <Select
          name="quote"
          label={t('exchange.quote')}
          defaultValue={typed('quote') ?? (own === 'EUR' ? 'CHF' : 'EUR')}
          error={error('quote')}
        >
          <CurrencyOptions codes={currencies} />
        </Select>
        <TextInput
          name="rate"
          label={t('exchange.rate')}
          help={t('exchange.rateHelp')}
          inputMode="decimal"
          dir="ltr"
          required
          defaultValue={typed('rate')}
          error={error('rate')}
        />
        <TextInput
          name="date"
          type="date"
          label={t('exchange.date')}
          required
          max={today}
          defaultValue={typed('date') ?? today}
          error={error('date')}
        />
        <TextInput
          name="source"
          label={t('exchange.source')}
          help={t('exchange.sourceHelp')}
          required
          maxLength={60}
          defaultValue={typed('source')}
          error={error('source')}
          className="sm:col-span-2"
        />
        <div className="sm:col-span-2">
          <SubmitButton>{t('exchange.save')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
