import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { LevelOverview } from '#app/reports/partner-levels/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { CurrencyOptions } from '#app/ui/forms/currency-options.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

type LimitCardProps = {
  readonly limits: LevelOverview['limits']
  readonly currency: string
  readonly currencies: readonly string[]
  readonly today: string
  readonly mayWrite: boolean
  readonly error: (name: string) => string | undefined
  readonly typed: (name: string) => string | undefined
}

/** What a reseller of the level may owe unless its contract says otherwise, now and later. */
export function LimitCard({ limits, currency, currencies, today, mayWrite, error, typed }: LimitCardProps) {
  const { t } = useTranslation('partner')
  return (
    <Card title={t('limit.title')} aside={t('limit.aside')}>
      <ul className="mb-4 grid gap-1 text-sm">
        {limits.map(({ limit, from }) => (
          <li key={`${limit.currency} ${from?.toISOString()}`}>
            <Money amount={limit} />
            {from ? (
              <span className="text-muted">
                {' '}
                {t('limit.from')} <DateTime instant={from} />
              </span>
            ) : null}
          </li>
        ))}
        {limits.length === 0 ? <li className="text-muted">{t('limit.none')}</li> : null}
      </ul>
      {mayWrite ? (
        <Form method="post" className="grid items-start gap-4 sm:grid-cols-2">
          <FormToken />
          <input type="hidden" name="intent" value="limit" />
          <TextInput
            name="limit"
            label={t('limit.amount')}
            required
            inputMode="decimal"
            dir="ltr"
            defaultValue={typed('limit')}
            error={error('limit')}
          />
          <Select
            name="limitCurrency"
            label={t('currency')}
            defaultValue={typed('limitCurrency') ?? currency}
            error={error('limitCurrency')}
          >
            <CurrencyOptions codes={currencies} />
          </Select>
          <TextInput
            name="limitFrom"
            type="date"
            label={t('assign.from')}
            required
            min={today}
            defaultValue={typed('limitFrom') ?? today}
            error={error('limitFrom')}
          />
          <div className="sm:col-span-2">
            <SubmitButton look="secondary">{t('limit.submit')}</SubmitButton>
          </div>
        </Form>
      ) : null}
    </Card>
  )
}
