import { Download, Printer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type Money as MoneyValue, subtract } from '#app/domain/money/money.ts'
import type { Crumb } from './breadcrumb.tsx'
import { buttonClasses } from './button.tsx'
import { Card } from './card.tsx'
import { Day } from './date-time.tsx'
import { InvoiceSheet, type InvoiceSheetFacts } from './invoice-sheet.tsx'
import { InvoiceStatusView } from './invoice-status.tsx'
import type { InvoiceTableRow } from './invoice-table.tsx'
import { LocalPeriod } from './local-period.tsx'
import { Money } from './money.tsx'
import { PageHeader } from './page-header.tsx'
import { PublicId } from './public-id.tsx'
import { Timeline, type TimelineEntry } from './timeline.tsx'

type Seller = {
  readonly legalName: string
  readonly addressLines: readonly string[]
  readonly country: string
  readonly vatId: string | null
}
type Delivery = {
  readonly recipient: string
  readonly state: 'sending' | 'accepted' | 'bounced'
  readonly createdAt: Date
  readonly acceptedAt: Date | null
}

export type InvoicePageFacts = Omit<InvoiceSheetFacts, 'seller'> &
  Omit<InvoiceTableRow, 'net' | 'total'> & {
    readonly publicId: string
    readonly paid: MoneyValue
    readonly seller: Seller
    readonly deliveries: readonly Delivery[]
    readonly contentHash: string
    readonly finalisedAt: Date
  }

/** One invoice: its state and figures, the document, what became of it. */
export function InvoicePage({ invoice, crumb, pdfPath }: { invoice: InvoicePageFacts; crumb: Crumb; pdfPath: string }) {
  const { t } = useTranslation('common')
  return (
    <>
      <PageHeader
        crumbs={[crumb]}
        title={t('invoice.title', { number: invoice.number })}
        beside={<InvoiceStatusView status={invoice.status} />}
        below={<PublicId id={invoice.publicId} isShort />}
        actions={<InvoiceDeeds pdfPath={pdfPath} hasPdf={invoice.hasPdf} />}
        facts={[
          { label: t('invoice.issued'), value: <Day day={invoice.issueDate} /> },
          { label: t('invoice.due'), value: <Day day={invoice.dueDate} /> },
          { label: t('invoice.period'), value: <LocalPeriod start={invoice.periodStart} end={invoice.periodEnd} /> },
          { label: t('invoice.total'), value: <Money amount={invoice.total} /> },
          { label: t('invoice.open'), value: <Money amount={subtract(invoice.total, invoice.paid)} /> },
        ]}
      />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,1fr)]">
        <InvoiceSheet invoice={{ ...invoice, seller: { ...invoice.seller, name: invoice.seller.legalName } }} />
        <Card id="history" title={t('invoice.history')}>
          <Timeline label={t('invoice.history')} entries={useHistory(invoice)} />
          <dl className="mt-6 border-t border-border pt-4 text-sm">
            <dt className="text-muted">{t('invoice.hash')}</dt>
            <dd className="mt-1">
              <PublicId id={invoice.contentHash} isShort />
            </dd>
          </dl>
        </Card>
      </div>
    </>
  )
}

function InvoiceDeeds({ pdfPath, hasPdf }: { pdfPath: string; hasPdf: boolean }) {
  const { t } = useTranslation('common')
  return (
    <>
      <button type="button" onClick={() => window.print()} className={buttonClasses('secondary', 'small', 'h-9 max-sm:hidden')}>
        <Printer aria-hidden className="size-4" />
        {t('invoice.print')}
      </button>
      {hasPdf ? (
        <a href={pdfPath} className={buttonClasses('primary', 'small', 'h-9')}>
          <Download aria-hidden className="size-4" />
          {t('invoice.pdf')}
        </a>
      ) : (
        <span className="text-sm text-muted">{t('invoice.pdfSoon')}</span>
      )}
    </>
  )
}

function useHistory(invoice: InvoicePageFacts): TimelineEntry[] {
  const { t } = useTranslation('common')
  const deliveries = invoice.deliveries.map(
    (delivery, index): TimelineEntry => ({
      key: `delivery-${index}`,
      at: delivery.acceptedAt ?? delivery.createdAt,
      title: t(`invoice.delivery.${delivery.state}`),
      detail: <bdi dir="ltr">{delivery.recipient}</bdi>,
      tone: delivery.state === 'accepted' ? 'positive' : delivery.state === 'bounced' ? 'critical' : 'neutral',
    }),
  )
  const issued: TimelineEntry = { key: 'finalised', at: invoice.finalisedAt, title: t('invoice.finalised') }
  return [...deliveries, issued].sort((a, b) => b.at.getTime() - a.at.getTime())
}
