import type { NewPriceRule } from '#app/db/catalog/price-rules.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { readPriceModel } from '#app/domain/pricing/models/registry.ts'
import type { RuleModel } from '#app/domain/pricing/price-rule.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { type MeterCode, meters } from '#app/domain/usage/meters.ts'

type Terms = Partial<Pick<NewPriceRule, 'included' | 'cap' | 'minimum' | 'match'>> & { readonly model?: RuleModel }
const some = (text: string) => new Decimal(text)

/** The meters whose price is more than so much a unit. Edges lie where a month of the bench passes them. */
const particular: Partial<Record<MeterCode, Terms>> = {
  'server.running': { cap: some('0.9') },
  'server.cpu': { model: modelOf('volume', tiers('40', '0.011', '200', '0.009')) },
  'server.memory': { model: modelOf('graduated', tiers('100', '0.004', '1000', '0.003')) },
  'server.snapshot': { included: some('500') },
  address: { cap: some('0.4') },
  'traffic.sent': { model: modelOf('graduated', tiers('100', '0.09', '500', '0.06')), included: some('20') },
  'traffic.received': { included: some('100') },
  volume: { included: some('1000') },
  template: { included: some('200') },
  snapshot: { model: modelOf('volume', tiers('300', '0.0008', '3000', '0.0006')) },
  'load-balancer': { minimum: some('5') },
  'vpn-user': { model: modelOf('stairstep', { tiers: [step('50', '4'), step('200', '7'), step(null, '12')] }) },
  'disk.read-requests': { model: modelOf('package', { size: '100000', price: '0.02', free: '50000' }) },
  'disk.write-requests': { model: modelOf('package', { size: '100000', price: '0.05', free: '0' }) },
  'disk.read': { model: modelOf('graduated', tiers('50', '0.01', '400', '0.008')) },
  backup: { included: some('400'), cap: some('20') },
}

/** Prices of all meters; running servers and volumes have a dearer one in one zone and one class of storage. `factor` tells two books apart. */
export function benchPrices(factor: string): NewPriceRule[] {
  const codes = Object.keys(meters) as MeterCode[]
  const plain = codes.map((code, index) => priceOf(code, some(`0.00${index + 11}`).times(factor), particular[code] ?? {}))
  const dearer = [
    priceOf('server.running', some('0.031').times(factor), { cap: some('1.2'), match: { zone: 'fra-2' } }),
    priceOf('volume', some('0.0007').times(factor), { included: some('100'), match: { class: ['ssd', 'nvme'] } }),
  ]
  return [...plain, ...dearer]
}

function priceOf(meter: MeterCode, unitPrice: Decimal, terms: Terms): NewPriceRule {
  return {
    feeKind: 'usage',
    productId: null,
    meter,
    unit: meters[meter].unit,
    unitPrice,
    model: terms.model ?? { kind: 'per-unit' },
    included: terms.included ?? some('0'),
    includedScope: 'subscription',
    rollsOver: false,
    cap: terms.cap ?? null,
    minimum: terms.minimum ?? null,
    quantityStep: null,
    interval: null,
    billingMode: null,
    match: terms.match ?? {},
  }
}

function modelOf(kind: string, terms: unknown): RuleModel {
  const read = readPriceModel(kind, terms)
  invariant(read.ok && read.value.kind !== 'per-unit', `the terms of the ${kind} price are not valid`)
  return read.value
}

function tiers(first: string, dear: string, second: string, cheap: string) {
  const last = some(cheap).times('0.8').toFixed()
  return {
    tiers: [
      { upTo: first, unitPrice: dear },
      { upTo: second, unitPrice: cheap },
      { upTo: null, unitPrice: last },
    ],
  }
}

function step(upTo: string | null, flat: string) {
  return { upTo, flat }
}
