import { useTranslation } from 'react-i18next'
import type { RecapitulativeLine, TaxCheckLine, TaxDocument, TaxPeriod, TaxReportLine } from '#app/reports/tax/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Badge } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useLabel } from '#app/ui/base/use-label.ts'
import { type Column, Table } from '#app/ui/tables/table.tsx'

/** The documents behind a line: its own address. */
function pathOf(line: TaxReportLine, through: string, { from }: TaxPeriod): string {
  const { country, category, rate, reason, base } = line
  return `/office/tax?${new URLSearchParams({ from, through, country, category, rate, reason, currency: base.currency })}`
}

type LinesProps = {
  id: string
  title: string
  lead?: string
  lines: readonly TaxReportLine[]
  period: TaxPeriod
  through: string
}

/** Lines of the report; each leads to its documents. */
export function LinesCard({ id, title, lead, lines, period, through }: LinesProps) {
  const { t } = useTranslation('tax')
  const format = useFormat()
  const label = useLabel()
  const columns: Column<TaxReportLine>[] = [
    {
      key: 'country',
      head: t('report.country'),
      isPrimary: true,
      cell: ({ country }) => <span suppressHydrationWarning>{format.country(country)}</span>,
    },
    { key: 'category', head: t('report.category'), cell: ({ category }) => label(`tax:category.${category}`, category) },
    {
      key: 'rate',
      head: t('report.rate'),
      isNumber: true,
      cell: ({ rate }) => <span suppressHydrationWarning>{format.percent(rate)}</span>,
    },
    { key: 'reason', head: t('report.reason'), isLong: true, cell: ({ reason }) => label(`tax:reasonShort.${reason}`, reason) },
    { key: 'base', head: t('report.base'), isNumber: true, cell: ({ base }) => <Money amount={base} isBalance /> },
    { key: 'tax', head: t('report.tax'), isNumber: true, cell: ({ tax }) => <Money amount={tax} isBalance /> },
    {
      key: 'documents',
      head: t('report.documents'),
      isNumber: true,
      cell: (line) => <TextLink to={pathOf(line, through, period)}>{line.documents}</TextLink>,
    },
  ]
  return (
    <Card id={id} title={title} aside={lead} isFlush>
      <Table
        caption={title}
        rows={lines}
        rowKey={(line) => `${line.country} ${line.category} ${line.rate} ${line.reason} ${line.base.currency}`}
        empty={<EmptyState title={t('report.none')} />}
        columns={columns}
      />
    </Card>
  )
}

/** What the EC sales list asks for. */
export function RecapitulativeCard({ lines }: { lines: readonly RecapitulativeLine[] }) {
  const { t } = useTranslation('tax')
  return (
    <Card id="recapitulative" title={t('report.recapitulative')} aside={t('report.recapitulativeLead')} isFlush>
      <Table
        caption={t('report.recapitulative')}
        rows={lines}
        rowKey={({ accountId, vatId, base }) => `${accountId} ${vatId} ${base.currency}`}
        empty={<EmptyState title={t('report.none')} />}
        columns={[
          {
            key: 'buyer',
            head: t('report.buyer'),
            isPrimary: true,
            cell: ({ accountId, name }) => <TextLink to={`/office/accounts/${accountId}`}>{name}</TextLink>,
          },
          { key: 'vatId', head: t('report.vatId'), cell: ({ vatId }) => <bdi dir="ltr">{vatId ?? '–'}</bdi> },
          { key: 'base', head: t('report.base'), isNumber: true, cell: ({ base }) => <Money amount={base} isBalance /> },
        ]}
      />
    </Card>
  )
}

/** Whether the documents and the accounts of tax payable say the same. */
export function ChecksCard({ checks }: { checks: readonly TaxCheckLine[] }) {
  const { t } = useTranslation('tax')
  const format = useFormat()
  const label = useLabel()
  const agrees = checks.every(({ documents, booked }) => documents.minor === booked.minor)
  return (
    <Card
      id="checks"
      title={t('report.check')}
      aside={<Badge tone={agrees ? 'positive' : 'critical'}>{t(agrees ? 'report.agree' : 'report.differ')}</Badge>}
      isFlush
    >
      <Table
        caption={t('report.check')}
        rows={checks}
        rowKey={({ category, rate, booked }) => `${category} ${rate} ${booked.currency}`}
        empty={<EmptyState title={t('report.none')} />}
        columns={[
          {
            key: 'rate',
            head: t('report.rate'),
            isPrimary: true,
            cell: ({ category, rate }) => (
              <span suppressHydrationWarning>
                {label(`tax:category.${category}`, category)} {format.percent(rate)}
              </span>
            ),
          },
          {
            key: 'documents',
            head: t('report.byDocuments'),
            isNumber: true,
            cell: ({ documents }) => <Money amount={documents} isBalance />,
          },
          { key: 'booked', head: t('report.byBooks'), isNumber: true, cell: ({ booked }) => <Money amount={booked} isBalance /> },
          {
            key: 'corrections',
            head: t('report.corrections'),
            isNumber: true,
            cell: ({ corrections }) => <Money amount={corrections} isBalance />,
          },
        ]}
      />
    </Card>
  )
}

/** The documents behind one line. */
export function DocumentsCard({ documents }: { documents: readonly TaxDocument[] }) {
  const { t } = useTranslation('tax')
  const format = useFormat()
  return (
    <Card id="documents" title={t('report.documents')} isFlush>
      <Table
        caption={t('report.documents')}
        rows={documents}
        rowKey={({ invoiceId, kind }) => `${invoiceId} ${kind}`}
        empty={<EmptyState title={t('report.none')} />}
        columns={[
          {
            key: 'number',
            head: t('report.number'),
            isPrimary: true,
            cell: ({ invoiceId, number }) => <TextLink to={`/office/invoices/${invoiceId}`}>{number}</TextLink>,
          },
          { key: 'kind', head: t('report.what'), cell: ({ kind }) => t(`kind.${kind}`) },
          {
            key: 'bookedOn',
            head: t('report.bookedOn'),
            cell: ({ bookedOn }) => <span suppressHydrationWarning>{format.day(bookedOn)}</span>,
          },
          { key: 'buyer', head: t('report.buyer'), isLong: true, cell: ({ buyer }) => buyer },
          { key: 'base', head: t('report.base'), isNumber: true, cell: ({ base }) => <Money amount={base} isBalance /> },
          { key: 'tax', head: t('report.tax'), isNumber: true, cell: ({ tax }) => <Money amount={tax} isBalance /> },
        ]}
      />
    </Card>
  )
}
