import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { registrationKinds } from '#app/domain/tax/tax-status.ts'
import type { TaxRegistrationRow } from '#app/reports/tax/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { LocalPeriod } from '#app/ui/base/local-period.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useLabel } from '#app/ui/base/use-label.ts'
import { countryCodes } from '#app/ui/forms/country-select.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { Table } from '#app/ui/tables/table.tsx'

type RegistrationsProps = { registrations: readonly TaxRegistrationRow[]; today: string; mayWrite: boolean }

/** Where the seller is registered, and which schemes it is under. */
export function RegistrationsCard({ registrations, today, mayWrite }: RegistrationsProps) {
  const { t } = useTranslation('tax')
  const format = useFormat()
  const label = useLabel()
  return (
    <Card id="registrations" title={t('registrations.own')} aside={t('registrations.ownLead')} isFlush>
      <Table
        caption={t('registrations.own')}
        rows={registrations}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('registrations.none')} />}
        columns={[
          {
            key: 'kind',
            head: t('registrations.kind'),
            isPrimary: true,
            isLong: true,
            cell: ({ kind, country }) => (
              <span suppressHydrationWarning>
                {label(`tax:registrationKind.${kind}`, kind)}
                {country ? `: ${format.country(country)}` : ''}
              </span>
            ),
          },
          { key: 'number', head: t('registrations.number'), cell: ({ number }) => <bdi dir="ltr">{number ?? '–'}</bdi> },
          {
            key: 'validity',
            head: t('rates.validity'),
            cell: ({ from, to }) =>
              to && to > from ? (
                <LocalPeriod start={from} end={to} />
              ) : (
                <span suppressHydrationWarning>{to ? '–' : t('rates.since', { date: format.day(from) })}</span>
              ),
          },
          {
            key: 'deed',
            head: <span className="sr-only">{t('registrations.end')}</span>,
            cell: ({ id, from, to }) =>
              mayWrite && to === null && from <= today ? (
                <Form method="post">
                  <FormToken />
                  <SubmitButton name="registrationId" value={id} look="secondary" size="small">
                    {t('registrations.end')}
                  </SubmitButton>
                </Form>
              ) : null,
          },
        ]}
      />
    </Card>
  )
}

type AddProps = { today: string; error: (name: string) => string | undefined; typed: (name: string) => string | undefined }

/** Adds a registration or scheme from a day on. */
export function AddRegistrationCard({ today, error, typed }: AddProps) {
  const { t } = useTranslation(['tax', 'common'])
  const format = useFormat()
  const label = useLabel()
  return (
    <Card id="add-registration" title={t('registrations.add')}>
      <Form method="post">
        <FormToken />
        <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-3">
          <Select name="kind" label={t('registrations.kind')} error={error('kind')} defaultValue={typed('kind') ?? 'country'}>
            {registrationKinds.map((kind) => (
              <option key={kind} value={kind}>
                {label(`tax:registrationKind.${kind}`, kind)}
              </option>
            ))}
          </Select>
          <Select
            name="country"
            label={t('report.country')}
            help={t('registrations.countryHelp')}
            error={error('country')}
            defaultValue={typed('country') ?? ''}
          >
            <option value="">–</option>
            {countryCodes.map((code) => (
              <option key={code} value={code} suppressHydrationWarning>
                {format.country(code)}
              </option>
            ))}
          </Select>
          <TextInput
            name="number"
            label={t('registrations.number')}
            error={error('number')}
            defaultValue={typed('number')}
            maxLength={40}
            dir="ltr"
            isOptional={t('common:optional')}
          />
          <TextInput name="from" type="date" label={t('rates.from')} error={error('from')} defaultValue={typed('from') ?? today} required />
          <TextInput
            name="to"
            type="date"
            label={t('rates.to')}
            error={error('to')}
            defaultValue={typed('to')}
            isOptional={t('common:optional')}
          />
        </div>
        <SubmitButton className="mt-4">{t('registrations.save')}</SubmitButton>
      </Form>
    </Card>
  )
}
