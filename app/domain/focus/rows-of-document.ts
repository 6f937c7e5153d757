import { Decimal } from '../money/decimal.ts'
import { type Money, toDecimal } from '../money/money.ts'
import { invariant } from '../shared/invariant.ts'
import type { FocusChargeCategory, FocusRow } from './focus-row.ts'
import { type ListPrice, listPriceOf } from './list-price.ts'
import { type Priced, pricedAs } from './priced.ts'
import { noService, planCategory, serviceOfMeter } from './service.ts'

/** A document as its rows name it. Figures of a credit note are positive; its rows are below zero. */
export type FocusDocument = {
  readonly id: string
  readonly number: string
  readonly documentType: 'invoice' | 'debit-note' | 'credit-note'
  readonly sellerName: string
  readonly buyer: { readonly id: string; readonly name: string; readonly kind: string }
  readonly period: { readonly start: Date; readonly end: Date }
  /** It changes a document of an earlier billing period. */
  readonly isCorrection: boolean
  readonly net: Money
  /** The prices of its charges include tax. */
  readonly isTaxInclusive: boolean
}

type About = {
  /** Who used it, when it is not the payer. */
  readonly subAccount: { readonly id: string; readonly name: string } | null
  readonly productId: string | null
  /** Its name in the buyer's words; null without a product. */
  readonly product: string | null
  readonly meter: string | null
  readonly unit: string
  readonly billedQuantity: Decimal
  readonly unitPrice: Decimal
  readonly period: { readonly start: Date; readonly end: Date }
  readonly taxRate: Decimal | null
}

/** A charge that a document took; `amount` is unrounded and holds tax where prices do. */
export type FocusCharge = About & {
  readonly category: 'Usage' | 'Purchase'
  readonly frequency: FocusRow['ChargeFrequency']
  readonly feeKind: string
  readonly quantity: Decimal
  readonly amount: Decimal
  readonly currency: string
  readonly priceRuleId: string
  readonly matched: Readonly<Record<string, string>>
  /** It corrects what an earlier document charged. */
  readonly isCorrection: boolean
  readonly resource: { readonly id: string; readonly name: string | null; readonly type: string | null } | null
  readonly resourceName: string | null
  readonly zone: string | null
}

/** A line that no charge stands behind: typed by staff, a discount, a credit, or charged on an earlier document. */
export type FocusLine = About & { readonly kind: string; readonly text: string | null; readonly net: Money }

export type FocusTax = { readonly category: string; readonly rate: Decimal; readonly tax: Money }

/** The rows of one document, and what they come to so far. */
export type DocumentRows = {
  ofCharge(charge: FocusCharge): FocusRow
  ofLine(line: FocusLine): FocusRow
  ofTax(tax: FocusTax): FocusRow
  /** What lies between its charges and its rounded lines; null when there is nothing. Asked for after charges and lines. */
  ofRounding(): FocusRow | null
}

type Costs = Pick<FocusRow, 'BilledCost' | 'ContractedCost' | 'EffectiveCost' | 'ListCost'>
type Sums = { contracted: Decimal; list: Decimal }
const none = new Decimal(0)

/** Makes the rows of `document`, whose BilledCost comes to its total to the last decimal. `list` is the seller's public list. */
export function rowsOfDocument(document: FocusDocument, list: readonly ListPrice[]): DocumentRows {
  const sign = document.documentType === 'credit-note' ? -1 : 1
  const common = commonOf(document)
  const byRate = new Map<string, Sums>()
  let billed = none

  function added(row: FocusRow): FocusRow {
    billed = billed.plus(row.BilledCost)
    const key = row.x_TaxRate?.toFixed() ?? ''
    const sums = byRate.get(key) ?? { contracted: none, list: none }
    byRate.set(key, { contracted: sums.contracted.plus(row.ContractedCost), list: sums.list.plus(row.ListCost) })
    return row
  }

  return {
    ofCharge: (charge) => added({ ...common, ...chargeFacts(document, charge, list) }),
    ofLine: (line) => added({ ...common, ...lineFacts(line, sign) }),
    ofTax({ category, rate, tax }) {
      const sums = byRate.get(rate.toFixed())
      const cost = toDecimal(tax).times(sign)
      const related = (base: Decimal | undefined) => (tax.minor === 0n ? none : (base ?? none).times(rate).div(100))
      const costs = { BilledCost: cost, EffectiveCost: cost, ContractedCost: related(sums?.contracted), ListCost: related(sums?.list) }
      return { ...common, ...costs, ChargeCategory: 'Tax', ChargeDescription: `Tax ${category} ${rate.toFixed()} %`, x_TaxRate: rate }
    },
    ofRounding() {
      const rest = toDecimal(document.net).times(sign).minus(billed)
      if (rest.isZero()) return null
      const ChargeDescription = `Rounding: lines of ${document.number} are whole ${document.net.currency} cents, their charges are exact`
      return { ...common, ...sameCosts(rest), ChargeCategory: 'Adjustment', ChargeDescription }
    },
  }
}

/** What every row of a document says, and nothing of a service, a resource or a price. */
function commonOf(document: FocusDocument): Omit<FocusRow, keyof Costs | 'ChargeCategory' | 'ChargeDescription'> {
  const { buyer, sellerName, period, net, number, isCorrection } = document
  return {
    BillingAccountId: buyer.id,
    BillingAccountName: buyer.name,
    BillingAccountType: titled(buyer.kind),
    BillingCurrency: net.currency,
    BillingPeriodEnd: period.end,
    BillingPeriodStart: period.start,
    ChargeClass: isCorrection ? 'Correction' : null,
    ChargeFrequency: 'One-Time',
    ChargePeriodEnd: period.end,
    ChargePeriodStart: period.start,
    InvoiceId: number,
    InvoiceIssuerName: sellerName,
    ProviderName: sellerName,
    PublisherName: sellerName,
    PricingCurrency: net.currency,
    ServiceCategory: noService.category,
    ServiceName: noService.name,
    x_DocumentType: document.documentType,
    ...nothing,
  }
}

const nothing = {
  ConsumedQuantity: null,
  ConsumedUnit: null,
  ContractedUnitPrice: null,
  ListUnitPrice: null,
  PricingCategory: null,
  PricingQuantity: null,
  PricingUnit: null,
  RegionId: null,
  RegionName: null,
  ResourceId: null,
  ResourceName: null,
  ResourceType: null,
  SkuId: null,
  SkuPriceId: null,
  SubAccountId: null,
  SubAccountName: null,
  SubAccountType: null,
  Tags: null,
  x_TaxRate: null,
} as const

function chargeFacts(document: FocusDocument, charge: FocusCharge, list: readonly ListPrice[]) {
  const { meter, unit, feeKind, currency, zone, productId, matched, period } = charge
  const net = netFactor(document, charge)
  const cost = charge.amount.times(net)
  const isMeasured = feeKind === 'usage'
  const priced = pricedAs({ cost, quantity: charge.billedQuantity, unitPrice: charge.unitPrice.times(net), isMeasured })
  const listed = listPriceOf(list, { productId, feeKind, meter, unit, currency, matched, at: period.start })
  const listPrice = listed ? listed.unitPrice.times(net) : priced.unitPrice
  return {
    ...aboutFacts(charge),
    ...resourceFacts(charge),
    ...pricedFacts(priced, { listPrice, cost, unit }),
    ChargeCategory: charge.category,
    ChargeClass: charge.isCorrection ? ('Correction' as const) : null,
    ChargeDescription: described([charge.product, meter ?? words(feeKind), charge.resourceName]),
    ChargeFrequency: charge.category === 'Purchase' && charge.frequency === 'Usage-Based' ? ('Recurring' as const) : charge.frequency,
    ConsumedQuantity: charge.category === 'Usage' ? charge.quantity : null,
    ConsumedUnit: charge.category === 'Usage' ? unit : null,
    SkuId: skuOf(charge, feeKind),
    SkuPriceId: listed?.id ?? charge.priceRuleId,
    RegionId: zone,
    RegionName: zone,
  }
}

function lineFacts(line: FocusLine, sign: number) {
  const cost = toDecimal(line.net).times(sign)
  const category = categoryOfLine(line)
  const common = {
    ...aboutFacts(line),
    ChargeCategory: category,
    ChargeDescription: described([line.text ?? line.product, line.text ? null : (line.meter ?? words(line.kind))]),
    ChargeFrequency:
      category === 'Usage' ? ('Usage-Based' as const) : line.kind === 'recurring' ? ('Recurring' as const) : ('One-Time' as const),
  }
  if (category !== 'Usage' && category !== 'Purchase') return { ...common, ...sameCosts(cost) }
  const quantity = line.billedQuantity.times(sign)
  const priced = pricedAs({ cost, quantity, unitPrice: line.unitPrice, isMeasured: line.meter !== null })
  const sku = skuOf(line, line.kind)
  return {
    ...common,
    ...pricedFacts(priced, { listPrice: priced.unitPrice, cost, unit: line.unit }),
    ConsumedQuantity: category === 'Usage' ? quantity : null,
    ConsumedUnit: category === 'Usage' ? line.unit : null,
    SkuId: sku,
    SkuPriceId: sku,
  }
}

function categoryOfLine({ kind, meter }: FocusLine): FocusChargeCategory {
  if (kind === 'discount' || kind === 'credit') return 'Credit'
  return kind === 'usage' || (kind === 'correction' && meter !== null) ? 'Usage' : 'Purchase'
}

function aboutFacts({ subAccount, product, meter, period, taxRate }: About) {
  const service = meter === null ? null : serviceOfMeter(meter)
  return {
    ChargePeriodStart: period.start,
    ChargePeriodEnd: period.end,
    ServiceCategory: product ? planCategory : (service?.category ?? noService.category),
    ServiceName: product ?? service?.name ?? noService.name,
    SubAccountId: subAccount?.id ?? null,
    SubAccountName: subAccount?.name ?? null,
    SubAccountType: subAccount ? 'Department' : null,
    x_TaxRate: taxRate,
  }
}

function resourceFacts({ resource, meter }: FocusCharge) {
  const type = resource ? (resource.type ?? (meter === null ? 'resource' : serviceOfMeter(meter).resourceType)) : null
  return { ResourceId: resource?.id ?? null, ResourceName: resource?.name ?? null, ResourceType: type }
}

type PricedOf = { readonly listPrice: Decimal; readonly cost: Decimal; readonly unit: string }

function pricedFacts({ quantity, unitPrice }: Priced, { listPrice, cost, unit }: PricedOf) {
  return {
    BilledCost: cost,
    EffectiveCost: cost,
    ContractedCost: cost,
    ContractedUnitPrice: unitPrice,
    ListCost: listPrice.eq(unitPrice) ? cost : listPrice.times(quantity),
    ListUnitPrice: listPrice,
    PricingCategory: 'Standard' as const,
    PricingQuantity: quantity,
    PricingUnit: unit,
  }
}

function sameCosts(cost: Decimal): Costs {
  return { BilledCost: cost, ContractedCost: cost, EffectiveCost: cost, ListCost: cost }
}

/** What of a price is left without its tax; 1 where prices are net. */
function netFactor({ isTaxInclusive, number }: FocusDocument, { taxRate }: About): Decimal {
  if (!isTaxInclusive || taxRate === null) return new Decimal(1)
  invariant(!taxRate.isNegative(), `focus: ${number} has a tax rate below zero`)
  return new Decimal(100).div(taxRate.plus(100))
}

function skuOf({ productId, meter }: About, kind: string): string {
  return [productId, meter ?? kind].filter(Boolean).join(':')
}

function described(parts: readonly (string | null)[]): string {
  return parts.filter(Boolean).join(', ')
}

function words(code: string): string {
  return titled(code.replaceAll('-', ' '))
}

function titled(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
