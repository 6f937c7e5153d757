import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { TriedConversion } from '#app/reports/exchange-rates/shape.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { CurrencyOptions } from '#app/ui/forms/currency-options.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'

export type Trial = { readonly amount: string; readonly from: string; readonly to: string; readonly on: string }
type TryConversionProps = { currencies: readonly string[]; trial: Trial; today: string; tried: TriedConversion | undefined }

/** Shows what an amount is worth in another currency, by which rate, of which day and source. Nothing is kept. */
export function TryConversion({ currencies, trial, today, tried }: TryConversionProps) {
  const { t } = useTranslation('pricing')
  return (
    <Card title={t('exchange.try')}>
      <Form method="get" className="grid items-start gap-4 sm:grid-cols-2">
        <TextInput name="amount" label={t('exchange.amount')} inputMode="decimal" dir="ltr" defaultValue={trial.amount} />
        <TextInput name="on" type="date" label={t('exchange.on')} max={today} defaultValue={trial.on} />
        <Select name="from" label={t('exchange.base')} defaultValue={trial.from}>
          <CurrencyOptions codes={currencies} />
        </Select>
        <Select name="to" label={t('exchange.quote')} defaultValue={trial.to}>
          <CurrencyOptions codes={currencies} />
        </Select>
        <div className="flex flex-wrap items-center gap-4 sm:col-span-2">
          <Button look="secondary">{t('exchange.convert')}</Button>
          <p role="status" className="text-sm">
            {tried ? <Answer tried={tried} /> : null}
          </p>
        </div>
      </Form>
    </Card>
  )
}

/** First strong isolate and its end: figures keep their order inside a sentence of the other direction. */
const isolate = (text: string) => `\u2068${text}\u2069`

function Answer({ tried }: { tried: TriedConversion }) {
  const { t } = useTranslation('pricing')
  const format = useFormat()
  if ('problem' in tried) return <span className="text-critical">{t('exchange.noRate')}</span>
  return (
    <>
      <Money amount={tried.amount} /> = <Money amount={tried.result} className="font-medium" />
      <span className="block text-muted">
        {t(`exchange.origin.${tried.origin}`, {
          rate: isolate(format.quantity(tried.rate)),
          source: isolate(tried.source),
          date: isolate(format.day(tried.date)),
        })}
      </span>
    </>
  )
}
