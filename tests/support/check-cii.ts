import { XMLParser } from 'fast-xml-parser'
import { Decimal } from '#app/domain/money/decimal.ts'

type Node = { [name: string]: Node | Node[] | string }

const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  isArray: (name) => ['IncludedSupplyChainTradeLineItem', 'ApplicableTradeTax', 'SpecifiedTradeAllowanceCharge'].includes(name),
})

function at(node: Node | undefined, ...path: string[]): Node | undefined {
  return path.reduce<Node | undefined>((found, name) => found?.[name] as Node | undefined, node)
}

function listAt(node: Node | undefined, name: string): Node[] {
  return (node?.[name] as Node[] | undefined) ?? []
}

function numberAt(node: Node | undefined, ...path: string[]): Decimal {
  return new Decimal((at(node, ...path) as unknown as string | undefined) ?? '0')
}

const sum = (numbers: readonly Decimal[]) => numbers.reduce((total, next) => total.plus(next), new Decimal(0))

function partsOf(xml: string) {
  const trade = at(parser.parse(xml) as Node, 'CrossIndustryInvoice', 'SupplyChainTradeTransaction')
  const settlement = at(trade, 'ApplicableHeaderTradeSettlement')
  return { trade, settlement, sums: at(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation') }
}

/** Net, tax and total of a CII document, as it writes them. */
export function figuresOf(xml: string): string[] {
  const { sums } = partsOf(xml)
  return ['TaxBasisTotalAmount', 'TaxTotalAmount', 'GrandTotalAmount'].map((name) => numberAt(sums, name).toFixed(2))
}

/** The arithmetic rules of EN 16931 that a CII document breaks, read from its XML alone. */
export function brokenRules(xml: string): string[] {
  const { trade, settlement, sums } = partsOf(xml)
  const lines = listAt(trade, 'IncludedSupplyChainTradeLineItem').map((line) =>
    numberAt(line, 'SpecifiedLineTradeSettlement', 'SpecifiedTradeSettlementLineMonetarySummation', 'LineTotalAmount'),
  )
  const adjustments = (isCharge: 'true' | 'false') =>
    listAt(settlement, 'SpecifiedTradeAllowanceCharge')
      .filter((entry) => (at(entry, 'ChargeIndicator', 'Indicator') as unknown as string) === isCharge)
      .map((entry) => numberAt(entry, 'ActualAmount'))
  const taxes = listAt(settlement, 'ApplicableTradeTax')
  const total = (name: string) => numberAt(sums, name)
  const rules: readonly (readonly [string, boolean])[] = [
    ['BR-CO-10', total('LineTotalAmount').eq(sum(lines))],
    ['BR-CO-11', total('AllowanceTotalAmount').eq(sum(adjustments('false')))],
    ['BR-CO-12', total('ChargeTotalAmount').eq(sum(adjustments('true')))],
    [
      'BR-CO-13',
      total('TaxBasisTotalAmount').eq(total('LineTotalAmount').minus(total('AllowanceTotalAmount')).plus(total('ChargeTotalAmount'))),
    ],
    ['BR-CO-14', total('TaxTotalAmount').eq(sum(taxes.map((tax) => numberAt(tax, 'CalculatedAmount'))))],
    ['BR-CO-15', total('GrandTotalAmount').eq(total('TaxBasisTotalAmount').plus(total('TaxTotalAmount')))],
    ['BR-CO-16', total('DuePayableAmount').eq(total('GrandTotalAmount').minus(total('TotalPrepaidAmount')))],
    ['BR-CO-17', taxes.every((tax) => isRateOfBase(tax))],
    ['has lines', lines.length > 0 && taxes.length > 0],
  ]
  return rules.filter(([, isKept]) => !isKept).map(([rule]) => rule)
}

function isRateOfBase(tax: Node): boolean {
  const expected = numberAt(tax, 'BasisAmount').times(numberAt(tax, 'RateApplicablePercent')).div(100).toDecimalPlaces(2)
  return numberAt(tax, 'CalculatedAmount').eq(expected)
}
