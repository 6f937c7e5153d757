import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal } from '#app/domain/money/money.ts'
import type { DigitalServiceRule } from '#app/domain/tax/digital-service-rules.ts'
import type { TaxedBook } from '#app/reports/tax/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { Table } from '#app/ui/tables/table.tsx'

/** What countries outside the EU ask of sellers abroad, in plain words. */
export function RulesCard({ rules }: { rules: readonly DigitalServiceRule[] }) {
  const { t } = useTranslation('tax')
  const format = useFormat()
  const needed = ({ threshold }: DigitalServiceRule) => {
    if (!threshold) return t('registrations.fromFirst')
    const amount = `\u2068${format.money(fromDecimal(new Decimal(threshold.amount), threshold.currency), 'code')}\u2069`
    return t(`registrations.${threshold.of}`, { amount })
  }
  return (
    <Card id="rules" title={t('registrations.rules')} aside={t('registrations.rulesLead')} isFlush>
      <Table
        caption={t('registrations.rules')}
        rows={rules}
        rowKey={({ country }) => country}
        columns={[
          {
            key: 'country',
            head: t('report.country'),
            isPrimary: true,
            cell: ({ country }) => <span suppressHydrationWarning>{format.country(country)}</span>,
          },
          {
            key: 'needed',
            head: t('registrations.threshold'),
            isLong: true,
            cell: (rule) => <span suppressHydrationWarning>{needed(rule)}</span>,
          },
          {
            key: 'since',
            head: t('rates.validity'),
            cell: ({ from }) => <span suppressHydrationWarning>{t('rates.since', { date: format.day(from) })}</span>,
          },
          { key: 'law', head: t('registrations.law'), isLong: true, cell: ({ law }) => <bdi dir="ltr">{law}</bdi> },
        ]}
      />
    </Card>
  )
}

/** Price books whose prices include tax, and those whose do not. */
export function BooksCard({ books, mayWrite }: { books: readonly TaxedBook[]; mayWrite: boolean }) {
  const { t } = useTranslation('tax')
  return (
    <Card id="books" title={t('books.title')} aside={t('books.lead')} isFlush>
      <Table
        caption={t('books.title')}
        rows={books}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('registrations.none')} />}
        columns={[
          { key: 'name', head: t('books.name'), isPrimary: true, isLong: true, cell: ({ name, currency }) => `${name} (${currency})` },
          { key: 'behaviour', head: t('books.behaviour'), cell: ({ behaviour }) => t(`books.${behaviour}`) },
          {
            key: 'deed',
            head: t('rates.state'),
            cell: ({ id, behaviour, isInUse }) => {
              if (isInUse || !mayWrite) return isInUse ? t('books.inUse') : null
              const other = behaviour === 'inclusive' ? 'exclusive' : 'inclusive'
              return (
                <Form method="post">
                  <FormToken />
                  <input type="hidden" name="behaviour" value={other} />
                  <SubmitButton name="priceBookId" value={id} look="secondary" size="small">
                    {t(other === 'inclusive' ? 'books.makeInclusive' : 'books.makeExclusive')}
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
