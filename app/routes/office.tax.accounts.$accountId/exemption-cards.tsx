import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { exemptionGrounds } from '#app/domain/tax/tax-status.ts'
import type { ExemptionView } from '#app/reports/tax/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { LocalPeriod } from '#app/ui/base/local-period.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useLabel } from '#app/ui/base/use-label.ts'
import { CountrySelect } from '#app/ui/forms/country-select.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { Table } from '#app/ui/tables/table.tsx'

/** Certificates of an account, with their papers. */
export function ExemptionsCard({ exemptions, mayWrite }: { exemptions: readonly ExemptionView[]; mayWrite: boolean }) {
  const { t } = useTranslation('tax')
  const format = useFormat()
  const label = useLabel()
  return (
    <Card id="exemptions" title={t('account.exemptions')} isFlush>
      <Table
        caption={t('account.exemptions')}
        rows={exemptions}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('account.noExemptions')} />}
        columns={[
          {
            key: 'number',
            head: t('account.certificate'),
            isPrimary: true,
            cell: ({ certificateNumber }) => <bdi dir="ltr">{certificateNumber}</bdi>,
          },
          {
            key: 'country',
            head: t('report.country'),
            cell: ({ country }) => <span suppressHydrationWarning>{format.country(country)}</span>,
          },
          { key: 'ground', head: t('account.ground'), cell: ({ ground }) => label(`tax:ground.${ground}`, ground) },
          {
            key: 'validity',
            head: t('rates.validity'),
            cell: ({ from, to }) =>
              to ? (
                <LocalPeriod start={from} end={to} />
              ) : (
                <span suppressHydrationWarning>{t('rates.since', { date: format.day(from) })}</span>
              ),
          },
          {
            key: 'paper',
            head: t('account.paper'),
            cell: ({ id, hasPaper }) =>
              hasPaper ? (
                <a href={`/office/tax/papers/${id}`} className="text-accent underline underline-offset-4">
                  {t('account.open')}
                </a>
              ) : (
                '–'
              ),
          },
          {
            key: 'deed',
            head: t('rates.state'),
            cell: ({ id, isWithdrawn }) => {
              if (isWithdrawn || !mayWrite) return isWithdrawn ? t('account.withdrawn') : null
              return (
                <Form method="post">
                  <FormToken />
                  <SubmitButton name="exemptionId" value={id} look="secondary" size="small">
                    {t('rates.withdraw')}
                  </SubmitButton>
                </Form>
              )
            },
          },
        ]}
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

/** Adds a certificate with its paper. */
export function AddExemptionCard({ country, today, error, typed }: AddProps) {
  const { t } = useTranslation(['tax', 'common'])
  const label = useLabel()
  return (
    <Card id="add-exemption" title={t('account.addExemption')}>
      <Form method="post" encType="multipart/form-data">
        <FormToken />
        <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-3">
          <TextInput
            name="certificateNumber"
            label={t('account.certificate')}
            error={error('certificateNumber')}
            defaultValue={typed('certificateNumber')}
            maxLength={60}
            dir="ltr"
            required
          />
          <CountrySelect
            name="exemptIn"
            label={t('report.country')}
            error={error('exemptIn')}
            defaultValue={typed('exemptIn') ?? country}
          />
          <Select name="ground" label={t('account.ground')} error={error('ground')} defaultValue={typed('ground') ?? 'diplomatic'}>
            {exemptionGrounds.map((ground) => (
              <option key={ground} value={ground}>
                {label(`tax:ground.${ground}`, ground)}
              </option>
            ))}
          </Select>
          <TextInput name="from" type="date" label={t('rates.from')} error={error('from')} defaultValue={typed('from') ?? today} required />
          <TextInput
            name="to"
            type="date"
            label={t('rates.to')}
            error={error('to')}
            defaultValue={typed('to')}
            isOptional={t('common:optional')}
          />
          <TextInput
            name="paper"
            type="file"
            accept=".pdf,.png,.jpg,.jpeg"
            label={t('account.paper')}
            help={t('account.paperHelp')}
            isOptional={t('common:optional')}
          />
        </div>
        <SubmitButton className="mt-4">{t('registrations.save')}</SubmitButton>
      </Form>
    </Card>
  )
}
