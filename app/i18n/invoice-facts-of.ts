import type { FinalisedInvoice, FinalisedLine, Names } from '#app/domain/invoice/finalised-invoice.ts'
import { projectSections } from '#app/domain/invoice/project-shares.ts'
import { sum } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { type MeterCode, meters } from '#app/domain/usage/meters.ts'
import { meterUnits, type Unit } from '#app/domain/usage/units.ts'
import { discountSubjectOf } from './discount-line.ts'
import type {
  InvoiceFacts,
  InvoiceLineFacts,
  InvoiceLineSubject,
  InvoiceSectionFacts,
  InvoiceSeller,
  SubjectMeter,
  TaxTreatment,
} from './invoice-facts.ts'
import { isLanguage, type Language } from './languages.ts'

/** What a finalised invoice says, in the buyer's language when the seller speaks it, else in the seller's first. */
export function invoiceFactsOf(
  invoice: FinalisedInvoice,
  wears: { readonly seller: InvoiceSeller; readonly languages: readonly [Language, ...Language[]] },
): InvoiceFacts {
  const language = wears.languages.find((offered) => isLanguage(invoice.language) && offered === invoice.language) ?? wears.languages[0]
  const { buyer, seller } = invoice
  return {
    documentType: invoice.documentType,
    ...(invoice.refersTo ? { refersTo: invoice.refersTo } : {}),
    ...(invoice.reason === null ? {} : { reason: invoice.reason }),
    language,
    zone: seller.timeZone,
    seller: { ...wears.seller, ...(seller.bank ? { bank: seller.bank } : {}) },
    buyer: {
      name: buyer.name,
      addressLines: buyer.addressLines,
      country: buyer.country,
      ...(buyer.vatId ? { taxId: buyer.vatId } : {}),
      customerNumber: toPublicId('account', buyer.accountId),
      ...(buyer.reference ? { reference: buyer.reference } : {}),
      ...(buyer.purchaseOrder ? { purchaseOrder: buyer.purchaseOrder } : {}),
    },
    number: invoice.number,
    issueDate: invoice.issueDate,
    dueDate: invoice.dueDate,
    periodStart: invoice.periodStart,
    periodEnd: invoice.periodEnd,
    finalisedAt: invoice.finalisedAt,
    currency: invoice.total.currency,
    sections: sectionsOf(invoice, language),
    taxes: invoice.taxes.map(({ category, rate, base, tax, reason }) => ({
      treatment: treatmentOf(category),
      reason,
      ratePercent: rate,
      base,
      tax,
    })),
    net: invoice.net,
    tax: invoice.tax,
    total: invoice.total,
    ...(invoice.settlements ? { settlements: invoice.settlements } : {}),
    payment: 'transfer',
  }
}

function sectionsOf(invoice: FinalisedInvoice, language: Language): InvoiceSectionFacts[] {
  const accountIds = [...new Set(invoice.lines.map((line) => line.sectionAccountId))]
  const byProject = projectSections(invoice.lines, invoice.net.currency)
  if (byProject) {
    return byProject.map(({ name, project, lines, net }) => ({
      ...(accountIds.length > 1 ? { title: name } : {}),
      project,
      lines: lines.map((line) => lineFactsOf(line, language)),
      subtotal: net,
    }))
  }
  return accountIds.map((accountId) => {
    const lines = invoice.lines.filter((line) => line.sectionAccountId === accountId)
    const shown = lines.map((line) => lineFactsOf(line, language))
    if (accountIds.length === 1) return { lines: shown }
    return {
      title: lines[0]?.subject.section ?? '',
      lines: shown,
      subtotal: sum(
        invoice.net.currency,
        lines.map((line) => line.net),
      ),
    }
  })
}

/** What one line says, in values. */
export function lineFactsOf(line: FinalisedLine, language: Language): InvoiceLineFacts {
  return {
    subject: subjectOf(line, language),
    ...resourceNameOf(line.subject),
    period: line.period,
    quantity: line.quantity,
    includedQuantity: line.includedQuantity,
    billedQuantity: line.billedQuantity,
    ...countedIn(line, language),
    unitPrice: line.unitPrice,
    amount: line.net,
  }
}

/** The name of what the line is of, where it says more than the name of the product. */
export function resourceNameOf({ resource, product, soldAs }: Pick<FinalisedLine['subject'], 'resource' | 'product' | 'soldAs'>) {
  if (!resource || (soldAs && Object.values(product ?? {}).includes(resource))) return {}
  return { resourceName: resource }
}

type SubjectLine = {
  readonly kind: FinalisedLine['kind']
  readonly subject: Omit<FinalisedLine['subject'], 'section' | 'resources' | 'billingPeriod'>
  readonly net: FinalisedLine['net']
}

/** What a line is about, in the reader's language. */
export function subjectOf({ kind, subject, net }: SubjectLine, language: Language): InvoiceLineSubject {
  if (kind === 'discount') return discountSubjectOf(subject.discount, net, (names) => nameIn(names, language))
  if (subject.text !== undefined) return { kind: 'item', text: subject.text }
  const product = nameIn(subject.product, language)
  const meter = meterOf(subject, language)
  const what = { ...(product ? { product } : {}), ...(meter ? { meter } : {}) }
  if (subject.reRated) return { kind: 're-rated', ...what, ...subject.reRated }
  if (kind === 'usage' && meter) return { kind, meter, ...(product ? { product } : {}) }
  if (kind === 'item' || kind === 'credit') return { kind: 'item', text: product ?? '' }
  if (kind === 'usage' || kind === 'correction') return { kind: 'correction', ...what }
  return feeSubject(kind, { isService: subject.soldAs !== undefined, name: product ?? subject.resource ?? '' })
}

type NamedFee = Extract<InvoiceLineSubject, { kind: 'setup' | 'recurring' | 'renewal' | 'cancellation' }>

/** A fee by the name of its product. That of a service which is ordered by itself says it all. */
function feeSubject(kind: NamedFee['kind'], { isService, name }: { isService: boolean; name: string }): InvoiceLineSubject {
  const isPlain = isService && (kind === 'setup' || kind === 'recurring')
  return { kind: isPlain ? 'service' : kind, product: name }
}

function nameIn(names: Names | null, language: Language): string | undefined {
  return names?.[language] ?? names?.en ?? Object.values(names ?? {})[0]
}

function isMeter(code: string | null): code is MeterCode {
  return code !== null && Object.hasOwn(meters, code)
}

type MeteredSubject = Pick<FinalisedLine['subject'], 'meter' | 'ownMeter' | 'soldAs'>
type MeteredLine = { readonly kind: FinalisedLine['kind']; readonly subject: MeteredSubject }

/** The meter of a line in words: of the product's by its code, of the seller's own by the name it had. */
function meterOf({ meter, ownMeter }: MeteredSubject, language: Language): SubjectMeter | undefined {
  if (ownMeter) return { name: nameIn(ownMeter.names, language) ?? meter ?? '' }
  return isMeter(meter) ? meter : undefined
}

/** What the quantities of a line are counted in. */
export function countedIn({ kind, subject }: MeteredLine, language: Language): Pick<InvoiceLineFacts, 'unit' | 'unitWord'> {
  if (subject.ownMeter && subject.meter !== null) {
    const { unit, unitWords } = subject.ownMeter
    const unitWord = nameIn(unitWords, language)
    return { unit: isUnit(unit) ? unit : 'piece', ...(unitWord ? { unitWord } : {}) }
  }
  if (isMeter(subject.meter)) return { unit: meters[subject.meter].unit }
  if (subject.soldAs) return { unit: subject.soldAs }
  return { unit: kind === 'recurring' || kind === 'correction' ? 'month' : 'piece' }
}

function isUnit(unit: string): unit is Unit {
  return (meterUnits as readonly string[]).includes(unit)
}

const treatments: Readonly<Record<string, TaxTreatment>> = {
  S: 'standard',
  AE: 'reverse-charge',
  O: 'outside-scope',
  Z: 'zero-rated',
  G: 'zero-rated',
  E: 'exempt',
}

/** What the page says about a tax category (UNCL 5305). @throws InvariantError for a category that has no words. */
export function treatmentOf(category: string): TaxTreatment {
  const treatment = treatments[category]
  invariant(treatment, `invoiceFactsOf: tax category ${category} has no words`)
  return treatment
}
