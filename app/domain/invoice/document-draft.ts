import { z } from 'zod'
import { Decimal } from '../money/decimal.ts'
import { fromDecimal, money, sum } from '../money/money.ts'
import { decimalText, positiveText } from '../pricing/models/decimal-text.ts'
import type { TaxCategory, TaxTreatment } from '../tax/determine-tax.ts'
import { taxLines } from '../tax/tax-lines.ts'
import type { Period } from '../time/period.ts'
import type { FinalisedInvoice, FinalisedLine } from './finalised-invoice.ts'

const oneLine = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((text) => !/[\r\n\0]/.test(text))

/** A line that staff type: words, or a product by its names; quantity and price net, in major units, both zero or more. */
const TypedLine = z.object({
  kind: z.literal('typed'),
  text: oneLine(200).nullable(),
  product: z.record(z.string(), z.string()).nullable(),
  quantity: positiveText,
  unitPrice: decimalText,
  /** What is asked for is no price of a supply, as interest and damages are none: it carries no tax. */
  isNoSupply: z.literal(true).optional(),
})

/** A line of another document, as it stands there; decimals and minor units as texts. */
const CopiedLine = z.object({
  kind: z.literal('copied'),
  line: z.object({
    sectionAccountId: z.string(),
    kind: z.string(),
    subject: z.record(z.string(), z.unknown()),
    quantity: z.string(),
    unit: z.string(),
    includedQuantity: z.string(),
    billedQuantity: z.string(),
    unitPrice: z.string(),
    netMinor: z.string(),
    /** As it was taxed there; absent on drafts of an older release. */
    taxCategory: z.string().optional(),
    taxRate: z.string().optional(),
    periodStart: z.iso.datetime(),
    periodEnd: z.iso.datetime(),
  }),
})

/** The payer as the document will name it; other than the account's own record until that is corrected too. */
const DraftBuyer = z.object({
  name: oneLine(200),
  email: z.email(),
  addressLines: z.array(oneLine(200)).max(6),
  country: z.string().regex(/^[A-Z]{2}$/),
  vatId: oneLine(30).nullable(),
  reference: oneLine(80).nullable(),
  purchaseOrder: oneLine(80).nullable(),
})

/** What a document that staff write will say: plain JSON that is read and written as a whole. */
export const DraftContent = z.object({
  lines: z.array(z.discriminatedUnion('kind', [TypedLine, CopiedLine])).max(200),
  buyer: DraftBuyer,
  reason: oneLine(300).nullable(),
  /** Taxed as of this date; null for the date of issue. */
  taxPoint: z.iso.date().nullable(),
  /** First day, and the day after the last one; null for the day of issue. */
  period: z.object({ start: z.iso.date(), end: z.iso.date() }).nullable(),
})
export type DraftContent = z.output<typeof DraftContent>
export type StoredDraftContent = z.input<typeof DraftContent>
export type DraftLine = DraftContent['lines'][number]

/** A line of a finalised document as another draft takes it over. */
export function copiedLine({ id: _, taxRate, net, period, ...line }: FinalisedLine): StoredDraftContent['lines'][number] {
  return {
    kind: 'copied',
    line: {
      ...line,
      subject: { ...line.subject },
      quantity: line.quantity.toFixed(),
      includedQuantity: line.includedQuantity.toFixed(),
      billedQuantity: line.billedQuantity.toFixed(),
      unitPrice: line.unitPrice.toFixed(),
      netMinor: net.minor.toString(),
      taxRate: taxRate.toFixed(),
      periodStart: period.start.toISOString(),
      periodEnd: period.end.toISOString(),
    },
  }
}

export type DraftFigures = Pick<FinalisedInvoice, 'taxes' | 'net' | 'tax' | 'total'> & {
  readonly lines: readonly Omit<FinalisedLine, 'id'>[]
}

export type ComposeInput = {
  readonly content: Pick<DraftContent, 'lines' | 'buyer'>
  readonly accountId: string
  readonly currency: string
  readonly treatment: TaxTreatment
  /** What lines that staff type are about. */
  readonly period: Period
  readonly billingPeriod: string
}

/**
 * The figures of a document that staff write: each line rounded once, quantity times price (B3), tax once per rate (B7). Copied lines keep
 * their amounts; where the document is taxed as theirs was, they keep their rates, too, so that a reduced one stays reduced.
 */
export function composeDraft(input: ComposeInput): DraftFigures {
  const { currency } = input
  const treated = input.content.lines.map((line) => {
    const treatment = treatmentOf(input, line)
    return { treatment, line: line.kind === 'typed' ? typedLine(input, line) : takenLine(input, line) }
  })
  const lines = treated.map(({ line, treatment }) => ({ ...line, taxCategory: treatment.category, taxRate: treatment.rate }))
  const taxes = taxLines({
    currency,
    behaviour: 'exclusive',
    amounts: treated.map(({ line, treatment }) => ({ amount: line.net, treatment })),
  })
  const net = sum(
    currency,
    taxes.map(({ base }) => base),
  )
  const tax = sum(
    currency,
    taxes.map((each) => each.tax),
  )
  return { lines, taxes, net, tax, total: money(net.minor + tax.minor, currency) }
}

function treatmentOf({ content, treatment }: ComposeInput, line: DraftLine): TaxTreatment {
  if (line.kind === 'typed' && line.isNoSupply) return untaxedBeside(content.lines, treatment)
  const own = taxedBefore(line)
  const isTaxedAlike = content.lines.some((each) => {
    const before = taxedBefore(each)
    return before?.category === treatment.category && before.rate.eq(treatment.rate)
  })
  return own && isTaxedAlike ? { ...treatment, ...own } : treatment
}

/** Outside the scope of tax; beside taxed lines exempt, as EN 16931 lets nothing else stand beside what is outside (BR-O-12). */
function untaxedBeside(lines: readonly DraftLine[], treatment: TaxTreatment): TaxTreatment {
  if (treatment.category === 'O') return treatment
  const isAlone = lines.every((line) => line.kind === 'typed' && line.isNoSupply)
  return { category: isAlone ? 'O' : 'E', rate: new Decimal(0), reason: 'no-supply' }
}

function taxedBefore(line: DraftLine): Pick<TaxTreatment, 'category' | 'rate'> | undefined {
  if (line.kind !== 'copied' || line.line.taxCategory === undefined || line.line.taxRate === undefined) return undefined
  // Written by copiedLine from a document of ours.
  return { category: line.line.taxCategory as TaxCategory, rate: new Decimal(line.line.taxRate) }
}

type UntaxedLine = Omit<FinalisedLine, 'id' | 'taxCategory' | 'taxRate'>

function typedLine(input: ComposeInput, { text, product, quantity, unitPrice }: Extract<DraftLine, { kind: 'typed' }>): UntaxedLine {
  return {
    sectionAccountId: input.accountId,
    kind: 'item',
    subject: {
      section: input.content.buyer.name,
      product,
      meter: null,
      resource: null,
      resources: 0,
      billingPeriod: input.billingPeriod,
      ...(text === null ? {} : { text }),
    },
    quantity,
    unit: 'piece',
    includedQuantity: new Decimal(0),
    billedQuantity: quantity,
    unitPrice,
    net: fromDecimal(quantity.times(unitPrice), input.currency),
    period: input.period,
  }
}

function takenLine({ currency }: ComposeInput, { line }: Extract<DraftLine, { kind: 'copied' }>): UntaxedLine {
  const { kind, subject, netMinor, taxCategory: _, taxRate: __, periodStart, periodEnd, ...rest } = line
  return {
    ...rest,
    // Written by copiedLine from a document of ours.
    kind: kind as FinalisedLine['kind'],
    subject: subject as FinalisedLine['subject'],
    quantity: new Decimal(line.quantity),
    includedQuantity: new Decimal(line.includedQuantity),
    billedQuantity: new Decimal(line.billedQuantity),
    unitPrice: new Decimal(line.unitPrice),
    net: money(BigInt(netMinor), currency),
    period: { start: new Date(periodStart), end: new Date(periodEnd) },
  }
}

/** The content as it is stored. */
export function storedContent({ lines, ...content }: DraftContent): StoredDraftContent {
  return {
    ...content,
    lines: lines.map((line) =>
      line.kind === 'typed' ? { ...line, quantity: line.quantity.toFixed(), unitPrice: line.unitPrice.toFixed() } : line,
    ),
  }
}
