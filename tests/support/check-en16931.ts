import { XMLParser } from 'fast-xml-parser'
import { Decimal } from '#app/domain/money/decimal.ts'

type Node = { [name: string]: Node | Node[] | string }

const lists = [
  ...['InvoiceLine', 'CreditNoteLine', 'TaxSubtotal', 'AllowanceCharge', 'PartyTaxScheme'],
  ...['IncludedSupplyChainTradeLineItem', 'ApplicableTradeTax', 'SpecifiedTradeAllowanceCharge', 'SpecifiedTaxRegistration'],
]
const parser = new XMLParser({
  ignoreAttributes: false,
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => lists.includes(name),
})

function at(node: Node | undefined, ...path: string[]): Node | undefined {
  return path.reduce<Node | undefined>((found, name) => found?.[name] as Node | undefined, node)
}
const listAt = (node: Node | undefined, name: string) => (node?.[name] as Node[] | undefined) ?? []
function textAt(node: Node | undefined, ...path: string[]): string | null {
  const found = at(node, ...path) as Node | string | undefined
  if (found === undefined) return null
  const text = typeof found === 'string' ? found : (found['#text'] as string | undefined)
  return text === undefined || text === '' ? null : text
}
const numberAt = (node: Node | undefined, ...path: string[]) => new Decimal(textAt(node, ...path) ?? '0')
const sum = (numbers: readonly Decimal[]) => numbers.reduce((total, next) => total.plus(next), new Decimal(0))

type Taxed = { readonly category: string; readonly rate: string | null }
type Party = {
  readonly name: string | null
  readonly country: string | null
  readonly vatId: string | null
  readonly otherId: string | null
}
/** What both syntaxes say, by the names of EN 16931. */
type Told = {
  readonly facts: Readonly<Record<'profile' | 'number' | 'issueDate' | 'typeCode' | 'currency', string | null>>
  readonly seller: Party
  readonly buyer: Party
  readonly lines: readonly (Taxed & { net: Decimal; quantity: Decimal; price: Decimal; base: Decimal; unit: string; name: string | null })[]
  readonly adjustments: readonly (Taxed & { isCharge: boolean; amount: Decimal; reason: string | null })[]
  readonly taxes: readonly (Taxed & { base: Decimal; tax: Decimal; reason: string | null })[]
  readonly totals: Readonly<Record<'lines' | 'allowances' | 'charges' | 'net' | 'tax' | 'total' | 'prepaid' | 'due', Decimal>>
  readonly amounts: readonly string[]
}

/** Amounts of money as written; prices of one unit may have more decimals. */
const amountsIn = (xml: string) =>
  [...xml.matchAll(/<(?:cbc|ram):(?!PriceAmount|ChargeAmount)[A-Za-z]*Amount[^>]*>([^<]*)</g)].map(([, text = '']) => text)

function toldByUbl(root: Node, xml: string): Told {
  const party = (name: string): Party => {
    const node = at(root, name, 'Party')
    const ids = listAt(node, 'PartyTaxScheme')
    const idOf = (scheme: string) =>
      textAt(
        ids.find((id) => textAt(id, 'TaxScheme', 'ID') === scheme),
        'CompanyID',
      )
    return {
      name: textAt(node, 'PartyLegalEntity', 'RegistrationName'),
      country: textAt(node, 'PostalAddress', 'Country', 'IdentificationCode'),
      vatId: idOf('VAT'),
      otherId: idOf('FC') ?? textAt(node, 'PartyLegalEntity', 'CompanyID'),
    }
  }
  const taxed = (node: Node | undefined): Taxed => ({ category: textAt(node, 'ID') ?? '', rate: textAt(node, 'Percent') })
  const totals = at(root, 'LegalMonetaryTotal')
  const taxTotal = at(root, 'TaxTotal')
  return {
    facts: {
      profile: textAt(root, 'CustomizationID'),
      number: textAt(root, 'ID'),
      issueDate: textAt(root, 'IssueDate'),
      typeCode: textAt(root, 'InvoiceTypeCode') ?? textAt(root, 'CreditNoteTypeCode'),
      currency: textAt(root, 'DocumentCurrencyCode'),
    },
    seller: party('AccountingSupplierParty'),
    buyer: party('AccountingCustomerParty'),
    lines: [...listAt(root, 'InvoiceLine'), ...listAt(root, 'CreditNoteLine')].map((line) => {
      const quantity = line.InvoicedQuantity ? 'InvoicedQuantity' : 'CreditedQuantity'
      return {
        ...taxed(at(line, 'Item', 'ClassifiedTaxCategory')),
        net: numberAt(line, 'LineExtensionAmount'),
        quantity: numberAt(line, quantity),
        unit: textAt(line, quantity, '@_unitCode') ?? '',
        price: numberAt(line, 'Price', 'PriceAmount'),
        base: new Decimal(textAt(line, 'Price', 'BaseQuantity') ?? '1'),
        name: textAt(line, 'Item', 'Name'),
      }
    }),
    adjustments: listAt(root, 'AllowanceCharge').map((entry) => ({
      ...taxed(at(entry, 'TaxCategory')),
      isCharge: textAt(entry, 'ChargeIndicator') === 'true',
      amount: numberAt(entry, 'Amount'),
      reason: textAt(entry, 'AllowanceChargeReason') ?? textAt(entry, 'AllowanceChargeReasonCode'),
    })),
    taxes: listAt(taxTotal, 'TaxSubtotal').map((tax) => ({
      ...taxed(at(tax, 'TaxCategory')),
      base: numberAt(tax, 'TaxableAmount'),
      tax: numberAt(tax, 'TaxAmount'),
      reason: textAt(tax, 'TaxCategory', 'TaxExemptionReason') ?? textAt(tax, 'TaxCategory', 'TaxExemptionReasonCode'),
    })),
    totals: {
      lines: numberAt(totals, 'LineExtensionAmount'),
      allowances: numberAt(totals, 'AllowanceTotalAmount'),
      charges: numberAt(totals, 'ChargeTotalAmount'),
      net: numberAt(totals, 'TaxExclusiveAmount'),
      tax: numberAt(taxTotal, 'TaxAmount'),
      total: numberAt(totals, 'TaxInclusiveAmount'),
      prepaid: numberAt(totals, 'PrepaidAmount'),
      due: numberAt(totals, 'PayableAmount'),
    },
    amounts: amountsIn(xml),
  }
}

function toldByCii(root: Node, xml: string): Told {
  const trade = at(root, 'SupplyChainTradeTransaction')
  const settlement = at(trade, 'ApplicableHeaderTradeSettlement')
  const sums = at(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation')
  const party = (name: string): Party => {
    const node = at(trade, 'ApplicableHeaderTradeAgreement', name)
    const ids = listAt(node, 'SpecifiedTaxRegistration')
    const idOf = (scheme: string) =>
      textAt(
        ids.find((id) => textAt(id, 'ID', '@_schemeID') === scheme),
        'ID',
      )
    return {
      name: textAt(node, 'Name'),
      country: textAt(node, 'PostalTradeAddress', 'CountryID'),
      vatId: idOf('VA'),
      otherId: idOf('FC') ?? textAt(node, 'SpecifiedLegalOrganization', 'ID'),
    }
  }
  const taxed = (node: Node | undefined): Taxed => ({
    category: textAt(node, 'CategoryCode') ?? '',
    rate: textAt(node, 'RateApplicablePercent'),
  })
  return {
    facts: {
      profile: textAt(root, 'ExchangedDocumentContext', 'GuidelineSpecifiedDocumentContextParameter', 'ID'),
      number: textAt(root, 'ExchangedDocument', 'ID'),
      issueDate: textAt(root, 'ExchangedDocument', 'IssueDateTime', 'DateTimeString'),
      typeCode: textAt(root, 'ExchangedDocument', 'TypeCode'),
      currency: textAt(settlement, 'InvoiceCurrencyCode'),
    },
    seller: party('SellerTradeParty'),
    buyer: party('BuyerTradeParty'),
    lines: listAt(trade, 'IncludedSupplyChainTradeLineItem').map((line) => {
      const price = at(line, 'SpecifiedLineTradeAgreement', 'NetPriceProductTradePrice')
      const billed = at(line, 'SpecifiedLineTradeDelivery', 'BilledQuantity')
      return {
        ...taxed(listAt(at(line, 'SpecifiedLineTradeSettlement'), 'ApplicableTradeTax')[0]),
        net: numberAt(line, 'SpecifiedLineTradeSettlement', 'SpecifiedTradeSettlementLineMonetarySummation', 'LineTotalAmount'),
        quantity: numberAt(billed),
        unit: textAt(billed, '@_unitCode') ?? '',
        price: numberAt(price, 'ChargeAmount'),
        base: new Decimal(textAt(price, 'BasisQuantity') ?? '1'),
        name: textAt(line, 'SpecifiedTradeProduct', 'Name'),
      }
    }),
    adjustments: listAt(settlement, 'SpecifiedTradeAllowanceCharge').map((entry) => {
      const tax = at(entry, 'CategoryTradeTax')
      return {
        ...taxed(tax),
        isCharge: textAt(entry, 'ChargeIndicator', 'Indicator') === 'true',
        amount: numberAt(entry, 'ActualAmount'),
        reason: textAt(entry, 'Reason') ?? textAt(entry, 'ReasonCode'),
      }
    }),
    taxes: listAt(settlement, 'ApplicableTradeTax').map((tax) => ({
      ...taxed(tax),
      base: numberAt(tax, 'BasisAmount'),
      tax: numberAt(tax, 'CalculatedAmount'),
      reason: textAt(tax, 'ExemptionReason') ?? textAt(tax, 'ExemptionReasonCode'),
    })),
    totals: {
      lines: numberAt(sums, 'LineTotalAmount'),
      allowances: numberAt(sums, 'AllowanceTotalAmount'),
      charges: numberAt(sums, 'ChargeTotalAmount'),
      net: numberAt(sums, 'TaxBasisTotalAmount'),
      tax: numberAt(sums, 'TaxTotalAmount'),
      total: numberAt(sums, 'GrandTotalAmount'),
      prepaid: numberAt(sums, 'TotalPrepaidAmount'),
      due: numberAt(sums, 'DuePayableAmount'),
    },
    amounts: amountsIn(xml),
  }
}

function toldBy(xml: string): Told {
  const parsed = parser.parse(xml) as Node
  const ubl = (parsed.Invoice ?? parsed.CreditNote) as Node | undefined
  return ubl ? toldByUbl(ubl, xml) : toldByCii(parsed.CrossIndustryInvoice as Node, xml)
}

/** Net, tax and total of a document in either syntax, as it writes them. */
export function figuresOf(xml: string): string[] {
  const { net, tax, total } = toldBy(xml).totals
  return [net, tax, total].map((amount) => amount.toFixed(2))
}

/** The rules of EN 16931 that a document breaks, read from its XML alone: UBL or CII. */
export function brokenRules(xml: string): string[] {
  const told = toldBy(xml)
  const rules = [...presence(told), ...arithmetic(told), ...codes(told), ...told.taxes.flatMap((tax) => categoryRules(told, tax))]
  return rules.filter(([, isKept]) => !isKept).map(([rule]) => rule)
}

type Rule = readonly [string, boolean]

function presence({ facts, seller, buyer, lines, adjustments, taxes }: Told): Rule[] {
  return [
    ['BR-01', facts.profile !== null],
    ['BR-02', facts.number !== null],
    ['BR-03', /^\d{4}-?\d{2}-?\d{2}$/.test(facts.issueDate ?? '')],
    ['BR-06', seller.name !== null],
    ['BR-07', buyer.name !== null],
    ['BR-09', /^[A-Z]{2}$/.test(seller.country ?? '')],
    ['BR-11', /^[A-Z]{2}$/.test(buyer.country ?? '')],
    ['BR-16', lines.length > 0],
    ['BR-25', lines.every(({ name }) => name !== null && name !== '')],
    ['BR-27', lines.every(({ price }) => !price.isNegative())],
    ['BR-33', adjustments.every(({ reason }) => reason !== null)],
    ['BR-CO-18', taxes.length > 0],
    ['BR-CO-26', seller.vatId !== null || seller.otherId !== null],
  ]
}

function arithmetic({ lines, adjustments, taxes, totals }: Told): Rule[] {
  const of = (isCharge: boolean) => sum(adjustments.filter((entry) => entry.isCharge === isCharge).map(({ amount }) => amount))
  return [
    ['BR-CO-10', totals.lines.eq(sum(lines.map(({ net }) => net)))],
    ['BR-CO-11', totals.allowances.eq(of(false))],
    ['BR-CO-12', totals.charges.eq(of(true))],
    ['BR-CO-13', totals.net.eq(totals.lines.minus(totals.allowances).plus(totals.charges))],
    ['BR-CO-14', totals.tax.eq(sum(taxes.map(({ tax }) => tax)))],
    ['BR-CO-15', totals.total.eq(totals.net.plus(totals.tax))],
    ['BR-CO-16', totals.due.eq(totals.total.minus(totals.prepaid))],
    // With prices that include tax, it may be one minor unit beside the rate of its base (B8).
    [
      'BR-CO-17',
      taxes.every(({ base, tax, rate }) =>
        base
          .times(rate ?? 0)
          .div(100)
          .toDecimalPlaces(2)
          .minus(tax)
          .abs()
          .lte('0.01'),
      ),
    ],
    ['R120', lines.every(({ net, quantity, price, base }) => quantity.times(price).div(base).minus(net).abs().lt('0.01'))],
    ['adjustments above zero', adjustments.every(({ amount }) => !amount.isNegative())],
  ]
}

const typeCodes = ['325', '380', '381', '383', '384', '386', '389']
const categories = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O']
/** UNECE Recommendation 20, as far as our meters go. */
const units = ['C62', 'HUR', 'MON', 'E34']

function codes({ facts, lines, adjustments, taxes, seller, buyer, amounts }: Told): Rule[] {
  const vatIds = [seller, buyer].flatMap(({ vatId }) => vatId ?? [])
  return [
    ['BR-CL-01', typeCodes.includes(facts.typeCode ?? '')],
    ['BR-CL-04', /^[A-Z]{3}$/.test(facts.currency ?? '')],
    ['BR-CL-17', [...taxes, ...lines, ...adjustments].every(({ category }) => categories.includes(category))],
    ['BR-CL-23', lines.every(({ unit }) => units.includes(unit))],
    ['BR-CO-09', vatIds.every((id) => /^[A-Z]{2}/.test(id))],
    ['BR-DEC', amounts.every((text) => /^-?\d+(\.\d{1,2})?$/.test(text))],
  ]
}

/** The rules of one category of VAT, by its name in the standard. */
function categoryRules(told: Told, tax: Told['taxes'][number]): Rule[] {
  const { category, rate, reason } = tax
  const { seller, buyer, lines, adjustments, taxes } = told
  const isSame = (entry: Taxed) => entry.category === category && new Decimal(entry.rate ?? 0).eq(rate ?? 0)
  const adjusted = (isCharge: boolean) =>
    sum(adjustments.filter((entry) => isSame(entry) && entry.isCharge === isCharge).map((entry) => entry.amount))
  const base = sum(lines.filter(isSame).map(({ net }) => net))
    .minus(adjusted(false))
    .plus(adjusted(true))
  const isRated = category === 'S'
  const isUntold = category === 'S' || category === 'Z'
  const hasSellerId = seller.vatId !== null || seller.otherId !== null
  const rules: Rule[] = [
    ['1', taxes.filter(isSame).length === 1],
    ['5', isRated ? new Decimal(rate ?? 0).gt(0) : new Decimal(rate ?? 0).isZero()],
    ['8', tax.base.eq(base)],
    ['9', isRated || tax.tax.isZero()],
    ['10', isUntold ? reason === null : reason !== null && reason !== ''],
    ['2', category === 'O' ? seller.vatId === null && buyer.vatId === null : hasSellerId],
    ['2 buyer', category !== 'AE' || buyer.vatId !== null || buyer.otherId !== null],
    ['rate', category === 'O' ? rate === null : rate !== null],
    ['11', category !== 'O' || taxes.length === 1],
  ]
  return rules.map(([number, isKept]) => [`BR-${category}-${number}`, isKept])
}
