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

type Taxed = { readonly category: string; readonly rate: string | null }
type Party = {
  readonly name: string | null
  readonly country: string | null
  readonly vatId: string | null
  readonly otherId: string | null
}
/** What both syntaxes say, by the names of EN 16931. */
export type Told = {
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

/** What a document says, in either syntax. */
export function toldBy(xml: string): Told {
  const parsed = parser.parse(xml) as Node
  const ubl = (parsed.Invoice ?? parsed.CreditNote) as Node | undefined
  return ubl ? toldByUbl(ubl, xml) : toldByCii(parsed.CrossIndustryInvoice as Node, xml)
}
