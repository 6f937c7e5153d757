import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { rateKinds } from '#app/domain/tax/tax-rate.ts'
import type { TaxRateRow } from '#app/reports/tax/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { LocalPeriod } from '#app/ui/base/local-period.tsx'
import { State } from '#app/ui/base/state.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useLabel } from '#app/ui/base/use-label.ts'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'

/** Rates of one country with their time and source; the seller's own can be withdrawn. */
export function RatesCard({ rates, mayWrite }: { rates: readonly TaxRateRow[]; mayWrite: boolean }) {
  const { t } = useTranslation('tax')
  const format = useFormat()
  const label = useLabel()
  const columns: Column<TaxRateRow>[] = [
    {
      key: 'kind',
      head: t('rates.kind'),
      isPrimary: true,
      cell: ({ kind, country }) => `${label(`tax:rateKind.${kind}`, kind)}${country.includes('-') ? ` (${country})` : ''}`,
    },
    {
      key: 'percent',
      head: t('rates.percent'),
      isNumber: true,
      cell: ({ percent }) => <span suppressHydrationWarning>{format.percent(percent)}</span>,
    },
    {
      key: 'validity',
      head: t('rates.validity'),
      cell: ({ from, to }) =>
        to ? <LocalPeriod start={from} end={to} /> : <span suppressHydrationWarning>{t('rates.since', { date: format.day(from) })}</span>,
    },
    {
      key: 'source',
      head: t('rates.source'),
      isLong: true,
      cell: ({ source }) => source ?? <span className="text-muted">{t('rates.shipped')}</span>,
    },
    {
      key: 'state',
      head: t('rates.state'),
      cell: ({ isInForce }) => (
        <State tone={isInForce ? 'positive' : 'neutral'}>{t(isInForce ? 'rates.inForce' : 'rates.notInForce')}</State>
      ),
    },
  ]
  const withdrawal: Column<TaxRateRow> = {
    key: 'deed',
    head: <span className="sr-only">{t('rates.withdraw')}</span>,
    cell: ({ id }) =>
      id ? (
        <Form method="post">
          <FormToken />
          <SubmitButton name="rateId" value={id} look="secondary" size="small">
            {t('rates.withdraw')}
          </SubmitButton>
        </Form>
      ) : null,
  }
  const hasOwn = rates.some(({ id }) => id !== null)
  return (
    <Card id="rates" title={t('tabs.rates')} isFlush>
      <Table
        caption={t('tabs.rates')}
        rows={rates}
        rowKey={({ id, country, kind, from }) => id ?? `${country} ${kind} ${from}`}
        empty={<EmptyState title={t('rates.none')} />}
        columns={mayWrite && hasOwn ? [...columns, withdrawal] : columns}
      />
    </Card>
  )
}

type AddProps = {
  country: string
  today: string
  error: (name: string) => string | undefined
  typed: (name: string) => string | undefined
}

/** The fields of a new rate. */
export function AddRateCard({ country, today, error, typed }: AddProps) {
  const { t } = useTranslation(['tax', 'common'])
  const label = useLabel()
  const frame = (name: string) => ({ name, error: error(name), defaultValue: typed(name) })
  return (
    <Card id="add-rate" title={t('rates.add')}>
      <FormToken />
      <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-3">
        <TextInput
          {...frame('region')}
          label={t('rates.region')}
          help={t('rates.regionHelp')}
          dir="ltr"
          required
          defaultValue={typed('region') ?? country}
        />
        <Select name="kind" label={t('rates.kind')} error={error('kind')} defaultValue={typed('kind') ?? 'standard'}>
          {rateKinds.map((kind) => (
            <option key={kind} value={kind}>
              {label(`tax:rateKind.${kind}`, kind)}
            </option>
          ))}
        </Select>
        <TextInput {...frame('percent')} label={t('rates.percent')} inputMode="decimal" dir="ltr" required />
        <TextInput {...frame('source')} label={t('rates.source')} help={t('rates.sourceHelp')} maxLength={200} required />
        <TextInput {...frame('from')} label={t('rates.from')} type="date" required defaultValue={typed('from') ?? today} />
        <TextInput {...frame('to')} label={t('rates.to')} type="date" isOptional={t('common:optional')} />
        <TextInput
          {...frame('taxName')}
          label={t('rates.taxName')}
          help={t('rates.taxNameHelp')}
          maxLength={40}
          isOptional={t('common:optional')}
        />
        <TextInput {...frame('idName')} label={t('rates.idName')} maxLength={40} isOptional={t('common:optional')} />
      </div>
      <SubmitButton className="mt-4">{t('rates.save')}</SubmitButton>
    </Card>
  )
}
