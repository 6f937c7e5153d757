import { Download, Printer } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import { type Money as MoneyValue, subtract, zero } from '#app/domain/money/money.ts'
import { buttonClasses } from '../base/button.tsx'
import { Card } from '../base/card.tsx'
import { Day } from '../base/date-time.tsx'
import { LocalPeriod } from '../base/local-period.tsx'
import { Money } from '../base/money.tsx'
import { PublicId } from '../base/public-id.tsx'
import { TextLink } from '../base/text-link.tsx'
import { Timeline, type TimelineEntry } from '../base/timeline.tsx'
import type { Crumb } from '../shell/breadcrumb.tsx'
import { type Fact, PageHeader } from '../shell/page-header.tsx'
import { InvoiceSheet, type InvoiceSheetFacts, type SheetSettlement } from './invoice-sheet.tsx'
import { InvoiceStatusView } from './invoice-status.tsx'
import type { InvoiceTableRow } from './invoice-table.tsx'

type Seller = {
  readonly legalName: string
  readonly addressLines: readonly string[]
  readonly country: string
  readonly vatId: string | null
}
type Delivery = {
  readonly recipient: string
  readonly state: 'sending' | 'accepted' | 'bounced' | 'withheld'
  readonly createdAt: Date
  readonly acceptedAt: Date | null
}

const deliveryTones = { sending: 'neutral', accepted: 'positive', bounced: 'critical', withheld: 'warning' } as const

type RelatedDocument = {
  readonly id: string
  readonly documentType: DocumentType
  readonly number: string
  readonly issueDate: string
  readonly total: MoneyValue
}

export type InvoicePageFacts = Omit<InvoiceSheetFacts, 'seller'> &
  Omit<InvoiceTableRow, 'net' | 'total'> & {
    readonly publicId: string
    readonly paid: MoneyValue
    readonly credited: MoneyValue
    readonly settledByCredit: MoneyValue
    readonly settledByBalance?: MoneyValue
    readonly reason: string | null
    readonly refersTo: RelatedDocument | null
    readonly referredToBy: readonly RelatedDocument[]
    readonly seller: Seller
    readonly deliveries: readonly Delivery[]
    readonly contentHash: string
    readonly finalisedAt: Date
  }

type InvoicePageProps = {
  invoice: InvoicePageFacts
  crumb: Crumb
  /** The page of a document by its id. */
  pathOf: (id: string) => string
  /** What staff may do with it. */
  deeds?: ReactNode
  /** What staff see of its history besides. */
  history?: readonly TimelineEntry[]
}

/** One document: its state and figures, what it says, what became of it. */
export function InvoicePage({ invoice, crumb, pathOf, deeds, history = [] }: InvoicePageProps) {
  const { t } = useTranslation('common')
  return (
    <>
      <PageHeader
        crumbs={[crumb]}
        title={
          <>
            {t(`documentType.${invoice.documentType}`)} <bdi dir="ltr">{invoice.number}</bdi>
          </>
        }
        beside={<InvoiceStatusView status={invoice.status} />}
        below={<PublicId id={invoice.publicId} isShort />}
        actions={
          <>
            {deeds}
            <InvoiceDeeds pdfPath={`${pathOf(invoice.id)}/pdf`} hasPdf={invoice.hasPdf} />
          </>
        }
        facts={useFacts(invoice, pathOf)}
      />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,1fr)]">
        <InvoiceSheet
          invoice={{ ...invoice, seller: { ...invoice.seller, name: invoice.seller.legalName } }}
          settlement={settlementOf(invoice)}
        />
        <Card id="history" title={t('invoice.history')}>
          <Timeline label={t('invoice.history')} entries={useHistory(invoice, history)} />
          <Related documents={invoice.referredToBy} pathOf={pathOf} />
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

/** What is settled and due of a document that is to be paid; undefined of any other, and of one that is void. */
function settlementOf({
  documentType,
  status,
  total,
  paid,
  settledByCredit,
  settledByBalance,
}: InvoicePageFacts): SheetSettlement | undefined {
  if ((documentType !== 'invoice' && documentType !== 'debit-note') || status === 'void') return undefined
  const byBalance = settledByBalance ?? zero(total.currency)
  const byPayment = subtract(subtract(paid, settledByCredit), byBalance)
  return { byCredit: settledByCredit, byBalance, byPayment, due: subtract(total, paid) }
}

/** What a credit note has left, or what a payable document still asks for. */
function useFacts(invoice: InvoicePageFacts, pathOf: (id: string) => string): Fact[] {
  const { t } = useTranslation('common')
  const isCredit = invoice.documentType === 'credit-note'
  const isPayable = invoice.documentType === 'invoice' || invoice.documentType === 'debit-note'
  const rest = <Money amount={subtract(invoice.total, invoice.paid)} />
  const { refersTo, reason, credited } = invoice
  return [
    { label: t('invoice.issued'), value: <Day day={invoice.issueDate} /> },
    ...(isPayable ? [{ label: t('invoice.due'), value: <Day day={invoice.dueDate} /> }] : []),
    { label: t('invoice.period'), value: <LocalPeriod start={invoice.periodStart} end={invoice.periodEnd} /> },
    { label: t('invoice.total'), value: <Money amount={invoice.total} /> },
    ...(credited.minor > 0n ? [{ label: t('invoice.credited'), value: <Money amount={credited} /> }] : []),
    ...(isPayable ? [{ label: t('invoice.open'), value: rest }] : []),
    ...(isCredit
      ? [
          { label: t('invoice.used'), value: <Money amount={invoice.paid} /> },
          { label: t('invoice.left'), value: rest },
        ]
      : []),
    ...(refersTo ? [{ label: t('invoice.refersTo'), value: <DocumentLink document={refersTo} pathOf={pathOf} /> }] : []),
    ...(reason ? [{ label: t('invoice.reason'), value: reason }] : []),
  ]
}

function DocumentLink({ document, pathOf }: { document: RelatedDocument; pathOf: (id: string) => string }) {
  return (
    <TextLink to={pathOf(document.id)}>
      <bdi dir="ltr">{document.number}</bdi>
    </TextLink>
  )
}

function Related({ documents, pathOf }: { documents: readonly RelatedDocument[]; pathOf: (id: string) => string }) {
  const { t } = useTranslation('common')
  if (documents.length === 0) return null
  return (
    <section className="mt-6 border-t border-border pt-4 text-sm" aria-labelledby="related">
      <h3 id="related" className="text-muted">
        {t('invoice.related')}
      </h3>
      <ul className="mt-2 flex flex-col gap-2">
        {documents.map((document) => (
          <li key={document.id} className="flex flex-wrap justify-between gap-x-4">
            <span>
              {t(`documentType.${document.documentType}`)} <DocumentLink document={document} pathOf={pathOf} />
            </span>
            <Money amount={document.total} />
          </li>
        ))}
      </ul>
    </section>
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

function useHistory(invoice: InvoicePageFacts, others: readonly TimelineEntry[]): TimelineEntry[] {
  const { t } = useTranslation('common')
  const deliveries = invoice.deliveries.map(
    (delivery, index): TimelineEntry => ({
      key: `delivery-${index}`,
      at: delivery.acceptedAt ?? delivery.createdAt,
      title: t(`invoice.delivery.${delivery.state}`),
      detail: <bdi dir="ltr">{delivery.recipient}</bdi>,
      tone: deliveryTones[delivery.state],
    }),
  )
  const issued: TimelineEntry = { key: 'finalised', at: invoice.finalisedAt, title: t('invoice.finalised') }
  return [...others, ...deliveries, issued].sort((a, b) => b.at.getTime() - a.at.getTime())
}
