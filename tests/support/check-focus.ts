import { parse } from 'csv-parse/sync'
import { Decimal } from '#app/domain/money/decimal.ts'

/*
 * What FOCUS 1.2 asks of the columns that Livery writes, read off the published text: github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec,
 * tag v1.2, specification/columns/*.md (feature level, nullability, data type) and specification/attributes/*.md (date, number, currency
 * and null formats). Written down apart from the writer, so that a mistake of one is not in the other.
 */

const mandatory = [
  'BilledCost',
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ContractedCost',
  'EffectiveCost',
  'InvoiceIssuerName',
  'ListCost',
  'PricingQuantity',
  'PricingUnit',
  'ProviderName',
  'PublisherName',
  'ServiceCategory',
  'ServiceName',
]
const other = [
  'BillingAccountType',
  'ChargeFrequency',
  'ConsumedQuantity',
  'ConsumedUnit',
  'ContractedUnitPrice',
  'InvoiceId',
  'ListUnitPrice',
  'PricingCategory',
  'PricingCurrency',
  'RegionId',
  'RegionName',
  'ResourceId',
  'ResourceName',
  'ResourceType',
  'SkuId',
  'SkuPriceId',
  'SubAccountId',
  'SubAccountName',
  'SubAccountType',
  'Tags',
]
const dates = ['BillingPeriodStart', 'BillingPeriodEnd', 'ChargePeriodStart', 'ChargePeriodEnd']
const decimals = [
  'BilledCost',
  'ContractedCost',
  'EffectiveCost',
  'ListCost',
  'PricingQuantity',
  'ConsumedQuantity',
  'ContractedUnitPrice',
  'ListUnitPrice',
]
const neverNull = [
  ...mandatory.filter((column) => !['ChargeClass', 'PricingQuantity', 'PricingUnit'].includes(column)),
  'BillingAccountType',
  'ChargeFrequency',
  'PricingCurrency',
]
const nullOnTax = ['PricingQuantity', 'PricingUnit', 'ContractedUnitPrice', 'ListUnitPrice', 'SkuId', 'SkuPriceId']
const allowed: Readonly<Record<string, readonly string[]>> = {
  ChargeCategory: ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'],
  ChargeClass: ['Correction', ''],
  ChargeFrequency: ['One-Time', 'Recurring', 'Usage-Based'],
  PricingCategory: ['Standard', 'Dynamic', 'Committed', 'Other', ''],
  ServiceCategory: [
    ...['AI and Machine Learning', 'Analytics', 'Business Applications', 'Compute', 'Databases', 'Developer Tools', 'Multicloud'],
    ...['Identity', 'Integration', 'Internet of Things', 'Management and Governance', 'Media', 'Migration', 'Mobile', 'Networking'],
    ...['Security', 'Storage', 'Web', 'Other'],
  ],
}
/** Columns that are null exactly when another one is. */
const together: readonly (readonly [string, string])[] = [
  ['PricingUnit', 'PricingQuantity'],
  ['ConsumedUnit', 'ConsumedQuantity'],
  ['SubAccountName', 'SubAccountId'],
  ['SubAccountType', 'SubAccountId'],
  ['ResourceType', 'ResourceId'],
  ['RegionName', 'RegionId'],
]

/** A row of a file by column; a null is an empty text. */
export type FocusRecord = Readonly<Record<string, string>>

/** The rows of a file. */
export function readFocus(csv: string): FocusRecord[] {
  return parse(csv, { columns: true, bom: true })
}

/** What a file breaks of the specification, by row; none when it keeps to it. */
export function focusProblems(csv: string): string[] {
  const [head = []] = parse(csv, { bom: true, to: 1 }) as string[][]
  const missing = [...mandatory, ...other].filter((column) => !head.includes(column)).map((column) => `${column} is missing`)
  const unknown = head.filter((column) => ![...mandatory, ...other].includes(column) && !column.startsWith('x_'))
  const rows = readFocus(csv).flatMap((row, index) => problemsOf(row).map((problem) => `row ${index + 1}: ${problem}`))
  return [...missing, ...unknown.map((column) => `${column} is not of the specification`), ...rows]
}

function problemsOf(row: FocusRecord): string[] {
  const at = (column: string) => row[column] ?? ''
  const isPriced = ['Usage', 'Purchase'].includes(at('ChargeCategory')) && at('ChargeClass') !== 'Correction'
  return [
    ...neverNull.filter((column) => at(column) === '').map((column) => `${column} is null`),
    ...Object.entries(allowed).flatMap(([column, values]) => (values.includes(at(column)) ? [] : [`${column} is "${at(column)}"`])),
    ...dates
      .filter((column) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(at(column)))
      .map((column) => `${column} is "${at(column)}"`),
    ...decimals.filter((column) => !/^(-?\d+(\.\d+)?)?$/.test(at(column))).map((column) => `${column} is "${at(column)}"`),
    ...(/^[A-Z]{3}$/.test(at('BillingCurrency')) ? [] : ['BillingCurrency is no currency']),
    ...together.filter(([one, two]) => (at(one) === '') !== (at(two) === '')).map(([one, two]) => `${one} and ${two}`),
    ...(at('ResourceId') === '' && at('ResourceName') !== '' ? ['ResourceName without a ResourceId'] : []),
    ...(at('ChargePeriodStart') < at('ChargePeriodEnd') && at('BillingPeriodStart') < at('BillingPeriodEnd') ? [] : ['a period is empty']),
    ...(isPriced ? nullOnTax.filter((column) => at(column) === '').map((column) => `${column} is null`) : []),
    ...(at('ChargeCategory') === 'Tax' ? nullOnTax.filter((column) => at(column) !== '').map((column) => `${column} of a tax`) : []),
    ...(at('ChargeCategory') === 'Usage' ? [] : at('ConsumedQuantity') === '' ? [] : ['ConsumedQuantity of no usage']),
    ...(at('ChargeCategory') === 'Purchase' && at('ChargeFrequency') === 'Usage-Based' ? ['a purchase that is usage-based'] : []),
    ...productProblems(at),
  ]
}

/** Quantity times price is the cost, and no price is below zero. */
function productProblems(at: (column: string) => string): string[] {
  const quantity = at('PricingQuantity')
  return [
    ['ContractedUnitPrice', 'ContractedCost'],
    ['ListUnitPrice', 'ListCost'],
  ].flatMap(([price = '', cost = '']) => {
    if (quantity === '' || at(price) === '') return []
    if (at(price).startsWith('-')) return [`${price} is below zero`]
    if (at('ChargeClass') === 'Correction') return []
    const off = new Decimal(quantity).times(at(price)).minus(at(cost)).abs()
    return off.gt('1e-9') ? [`${price} × ${quantity} is not the ${cost}`] : []
  })
}

/** The sum of a column, exact. */
export function sumOf(rows: readonly FocusRecord[], column = 'BilledCost'): string {
  return rows.reduce((sum, row) => sum.plus(row[column] ?? 0), new Decimal(0)).toFixed()
}
