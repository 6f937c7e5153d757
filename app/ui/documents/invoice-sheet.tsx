import { useTranslation } from 'react-i18next'
import { type Money as MoneyValue, negate } from '#app/domain/money/money.ts'
import { discountTotals } from '#app/i18n/discount-totals.ts'
import { subjectOf } from '#app/i18n/invoice-facts-of.ts'
import { Money } from '../base/money.tsx'
import { usePage } from '../base/page-context.tsx'
import { useFormat } from '../base/use-format.ts'
import { type InvoiceLine, useInvoiceLine } from './invoice-lines.ts'

type Party = { readonly name: string; readonly addressLines: readonly string[]; readonly country: string; readonly vatId: string | null }
type Section = {
  readonly accountId: string
  readonly name: string
  /** Only of sections by project; null for what is in none. */
  readonly project?: string | null
  readonly lines: readonly InvoiceLine[]
  readonly net: MoneyValue
}
export type InvoiceSheetFacts = {
  readonly seller: Party
  readonly buyer: Party
  readonly sections: readonly Section[]
  /** Shown instead where there is one. */
  readonly byProject?: readonly Section[] | null
  readonly taxes: readonly { readonly category: string; readonly rate: string; readonly base: MoneyValue; readonly tax: MoneyValue }[]
  readonly net: MoneyValue
  readonly tax: MoneyValue
  readonly total: MoneyValue
}

/** What of a payable document is settled, by credit notes, by balance and by money, and what is still due. */
export type SheetSettlement = {
  readonly byCredit: MoneyValue
  readonly byBalance: MoneyValue
  readonly byPayment: MoneyValue
  readonly due: MoneyValue
}

/**
 * The document itself on the page: parties, lines by section, discounts, taxes, totals, as the PDF says them; then, of a document
 * that is to be paid, what is settled by now and what is due.
 */
export function InvoiceSheet({ invoice, settlement }: { invoice: InvoiceSheetFacts; settlement?: SheetSettlement | undefined }) {
  return (
    <div className="min-w-0 rounded-card border border-border bg-surface">
      <div className="grid gap-6 px-card py-6 text-sm sm:grid-cols-2">
        <PartyLines party={invoice.buyer} />
        <PartyLines party={invoice.seller} className="sm:text-end" />
      </div>
      <Lines invoice={invoice} />
      <Totals invoice={invoice} settlement={settlement} />
    </div>
  )
}

function PartyLines({ party, className }: { party: Party; className?: string }) {
  const format = useFormat()
  return (
    <address className={`not-italic ${className ?? ''}`}>
      <span className="block font-medium">{party.name}</span>
      {party.addressLines.map((line) => (
        <span key={line} className="block text-muted">
          {line}
        </span>
      ))}
      <span className="block text-muted">{format.country(party.country)}</span>
      {party.vatId ? (
        <bdi dir="ltr" className="block text-muted">
          {party.vatId}
        </bdi>
      ) : null}
    </address>
  )
}

function Lines({ invoice }: { invoice: InvoiceSheetFacts }) {
  const { t } = useTranslation('document')
  const inWords = useInvoiceLine()
  const sections = invoice.byProject ?? invoice.sections
  const nameOf = useSectionName(invoice)
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-y border-border text-sm">
        <thead>
          <tr className="text-muted">
            <th scope="col" className="px-card py-2.5 text-start font-medium">
              {t('column.description')}
            </th>
            <th scope="col" className="px-3 py-2.5 text-end font-medium max-sm:hidden">
              {t('column.quantity')}
            </th>
            <th scope="col" className="px-3 py-2.5 text-end font-medium max-sm:hidden">
              {t('column.unitPrice')}
            </th>
            <th scope="col" className="px-card py-2.5 text-end font-medium">
              {t('column.amount', { currency: invoice.total.currency })}
            </th>
          </tr>
        </thead>
        {sections.map((section) => (
          <tbody key={`${section.accountId} ${section.project ?? ''}`}>
            {nameOf(section) ? (
              <tr className="border-t border-border">
                <th scope="rowgroup" className="px-card pt-4 pb-1 text-start font-semibold">
                  {nameOf(section)}
                </th>
                <td colSpan={2} className="max-sm:hidden" />
                <td className="px-card pt-4 pb-1 text-end">
                  <Money amount={section.net} className="font-medium" />
                </td>
              </tr>
            ) : null}
            {section.lines.map((line) => {
              const words = inWords(line)
              return (
                <tr key={line.id} className="border-t border-border align-top" suppressHydrationWarning>
                  <td className="px-card py-2.5">
                    {words.description}
                    <span className="tabular block text-xs text-muted sm:hidden" suppressHydrationWarning>
                      {words.quantity} × <bdi>{words.unitPrice}</bdi>
                    </span>
                    {words.detail ? (
                      <span className="block text-xs text-muted" suppressHydrationWarning>
                        {words.detail}
                      </span>
                    ) : null}
                  </td>
                  <td className="tabular px-3 py-2.5 text-end whitespace-nowrap max-sm:hidden" suppressHydrationWarning>
                    {words.quantity}
                  </td>
                  <td className="tabular px-3 py-2.5 text-end whitespace-nowrap max-sm:hidden" suppressHydrationWarning>
                    {words.unitPrice}
                  </td>
                  <td className="tabular px-card py-2.5 text-end whitespace-nowrap" suppressHydrationWarning>
                    {words.amount}
                  </td>
                </tr>
              )
            })}
          </tbody>
        ))}
      </table>
    </div>
  )
}

/** What stands above a section: who used it where there are several, and the project where they are told apart. */
function useSectionName({ sections }: InvoiceSheetFacts): (section: Section) => string {
  const { t } = useTranslation('document')
  return ({ name, project }) => {
    const user = sections.length > 1 ? [name] : []
    return [...user, ...(project === undefined ? [] : [project ?? t('noProject')])].join(' · ')
  }
}

function Totals({ invoice, settlement }: { invoice: InvoiceSheetFacts; settlement: SheetSettlement | undefined }) {
  const { t } = useTranslation('document')
  const format = useFormat()
  return (
    <dl className="ms-auto grid max-w-sm gap-1.5 px-card py-6 text-sm">
      <Discounts invoice={invoice} />
      <Total label={t('total.net')} amount={invoice.net} />
      {invoice.taxes.map((tax) => (
        <Total key={`${tax.category}-${tax.rate}`} label={`${t('total.vat')} ${format.percent(tax.rate)}`} amount={tax.tax} />
      ))}
      <LastTotal label={t('total.gross')} amount={invoice.total} />
      {settlement ? (
        <>
          {settlement.byCredit.minor > 0n ? <Total label={t('total.byCredit')} amount={negate(settlement.byCredit)} isBalance /> : null}
          {settlement.byBalance.minor > 0n ? <Total label={t('total.byBalance')} amount={negate(settlement.byBalance)} isBalance /> : null}
          {settlement.byPayment.minor > 0n ? <Total label={t('total.byPayment')} amount={negate(settlement.byPayment)} isBalance /> : null}
          <LastTotal label={t('total.due')} amount={settlement.due} />
        </>
      ) : null}
    </dl>
  )
}

/** The sum before discounts, and each discount; nothing where none is given. */
function Discounts({ invoice }: { invoice: InvoiceSheetFacts }) {
  const { t } = useTranslation('document')
  const { language } = usePage()
  const lines = invoice.sections.flatMap((section) =>
    section.lines.map((line) => ({ subject: subjectOf(line, language), amount: line.net })),
  )
  const totals = discountTotals(lines, invoice.net)
  if (!totals) return null
  return (
    <>
      <Total label={t('total.subtotal')} amount={totals.subtotal} />
      {totals.discounts.map(({ order, name, amount }) => (
        <Total key={order} label={t('line.discount', { name })} amount={amount} isBalance />
      ))}
    </>
  )
}

type TotalProps = { label: string; amount: MoneyValue; isBalance?: boolean }

function Total({ label, amount, isBalance = false }: TotalProps) {
  return (
    <div className="flex justify-between gap-6">
      <dt className="text-muted" suppressHydrationWarning>
        {label}
      </dt>
      <dd>
        <Money amount={amount} isBalance={isBalance} />
      </dd>
    </div>
  )
}

function LastTotal({ label, amount }: TotalProps) {
  return (
    <div className="mt-2 flex items-baseline justify-between gap-6 border-t-2 border-accent pt-3">
      <dt className="font-medium">{label}</dt>
      <dd>
        <Money amount={amount} className="text-xl font-semibold" />
      </dd>
    </div>
  )
}
