import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { AccountTax, VatIdCheckView } from '#app/reports/tax/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Badge, State, type Tone } from '#app/ui/base/state.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { Table } from '#app/ui/tables/table.tsx'

const statusTones: Record<AccountTax['vatIdStatus'], Tone> = { none: 'neutral', valid: 'positive', invalid: 'critical', pending: 'info' }
const outcomeTones: Record<VatIdCheckView['outcome'], Tone> = { valid: 'positive', invalid: 'critical', unavailable: 'warning' }

type VatIdProps = {
  tax: AccountTax
  hasRegister: boolean
  mayWrite: boolean
  error: (name: string) => string | undefined
  typed: (name: string) => string | undefined
}

/** The VAT id, what is known of it, and the two things to do about it. */
export function VatIdCard({ tax, hasRegister, mayWrite, error, typed }: VatIdProps) {
  const { t } = useTranslation(['tax', 'common'])
  const isPending = tax.vatId !== null && tax.checks[0]?.vatId === tax.vatId && tax.checks[0].outcome === 'unavailable'
  return (
    <Card id="vat-id" title={t('account.vatId')}>
      <p className="flex flex-wrap items-center gap-2 text-sm">
        {tax.vatId ? <bdi dir="ltr">{tax.vatId}</bdi> : t('account.noVatId')}
        {tax.vatId ? <Badge tone={statusTones[tax.vatIdStatus]}>{t(`common:vatIdStatus.${tax.vatIdStatus}`)}</Badge> : null}
      </p>
      {isPending ? <p className="mt-2 text-sm text-muted">{t('account.pending')}</p> : null}
      {hasRegister ? null : <p className="mt-2 text-sm text-muted">{t('account.noRegister')}</p>}
      {mayWrite ? (
        <div className="mt-4 grid gap-4">
          {hasRegister && tax.vatId ? (
            <Form method="post">
              <FormToken />
              <SubmitButton name="deed" value="check" look="secondary">
                {t('account.checkNow')}
              </SubmitButton>
            </Form>
          ) : null}
          <Form method="post" className="flex flex-wrap items-end gap-3">
            <FormToken />
            <TextInput
              key={tax.vatId}
              name="vatId"
              label={t('account.vatId')}
              error={error('vatId')}
              defaultValue={typed('vatId') ?? tax.vatId ?? ''}
              maxLength={40}
              dir="ltr"
            />
            <SubmitButton name="deed" value="vat-id" look="secondary">
              {t('account.change')}
            </SubmitButton>
          </Form>
        </div>
      ) : null}
    </Card>
  )
}

/** What registers answered, newest first, with what proves it. */
export function ProofsCard({ checks }: { checks: readonly VatIdCheckView[] }) {
  const { t } = useTranslation('tax')
  return (
    <Card id="proofs" title={t('account.proofs')} isFlush>
      <Table
        caption={t('account.proofs')}
        rows={checks}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('account.noProofs')} />}
        columns={[
          { key: 'when', head: t('account.when'), isPrimary: true, cell: ({ checkedAt }) => <DateTime instant={checkedAt} isShort /> },
          { key: 'vatId', head: t('account.vatId'), cell: ({ vatId }) => <bdi dir="ltr">{vatId}</bdi> },
          {
            key: 'outcome',
            head: t('account.outcome'),
            cell: ({ outcome }) => <State tone={outcomeTones[outcome]}>{t(`outcome.${outcome}`)}</State>,
          },
          {
            key: 'consultation',
            head: t('account.consultation'),
            cell: ({ consultationNumber }) => <bdi dir="ltr">{consultationNumber ?? '–'}</bdi>,
          },
          {
            key: 'registered',
            head: t('account.registered'),
            isLong: true,
            cell: ({ registeredName, registeredAddress }) => [registeredName, registeredAddress].filter(Boolean).join(', ') || '–',
          },
          {
            key: 'raw',
            head: t('account.raw'),
            isLong: true,
            cell: ({ answer }) =>
              answer ? (
                <details>
                  <summary className="cursor-pointer text-accent">{t('account.open')}</summary>
                  <pre dir="ltr" className="max-w-80 text-xs break-all whitespace-pre-wrap">
                    {answer}
                  </pre>
                </details>
              ) : (
                '–'
              ),
          },
        ]}
      />
    </Card>
  )
}
