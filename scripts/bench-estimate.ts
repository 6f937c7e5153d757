import { parseArgs } from 'node:util'
import { type QuoteInput, quoteProduct } from '#app/domain/catalog/quote-product.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { type PriceRule, plainRule } from '#app/domain/pricing/price-rule.ts'
import { invariant } from '#app/domain/shared/invariant.ts'

const plans = 40
const at = new Date('2026-06-10T12:00:00Z')
const treatment = { category: 'S', rate: new Decimal(20), reason: 'domestic' } as const
const none = new Decimal(0)

type PlanFacts = Omit<Parameters<typeof plainRule>[0], 'priceVersionId' | 'validFrom' | 'productId'>

/** A plan with a setup fee, a monthly fee, hours with a cap, graduated traffic and packages of backup. */
function planRules(plan: number): PriceRule[] {
  const price = (text: string) => new Decimal(text).plus(new Decimal(plan).div(10))
  const tiers = [
    { upTo: new Decimal(100), unitPrice: new Decimal('0.10'), flat: new Decimal(2) },
    { upTo: new Decimal(1000), unitPrice: new Decimal('0.08'), flat: none },
    { upTo: null, unitPrice: new Decimal('0.05'), flat: none },
  ]
  const hours = { meter: 'server.running', unit: 'hour', unitPrice: new Decimal('0.0125'), cap: price('7.50') }
  const traffic = { meter: 'traffic.sent', unit: 'GB', unitPrice: new Decimal('0.10'), included: new Decimal(500) }
  const backup = { size: new Decimal(50), price: new Decimal('1.90'), free: new Decimal(10) }
  const facts: PlanFacts[] = [
    { id: `setup-${plan}`, feeKind: 'setup', meter: null, unit: 'once', unitPrice: price('9.90') },
    { id: `month-${plan}`, feeKind: 'recurring', meter: null, unit: 'month', unitPrice: price('4.90') },
    { id: `hour-${plan}`, feeKind: 'usage', ...hours },
    { id: `traffic-${plan}`, feeKind: 'usage', ...traffic, model: { kind: 'graduated', params: { tiers } } },
    {
      id: `backup-${plan}`,
      feeKind: 'usage',
      meter: 'backup',
      unit: 'GiB-hour',
      unitPrice: none,
      model: { kind: 'package', params: backup },
    },
  ]
  return facts.map((fact) =>
    plainRule({ ...fact, productId: `plan-${plan}`, priceVersionId: 'version-1', validFrom: new Date('2026-01-01T00:00:00Z') }),
  )
}

const amounts = { setup: new Decimal('9.9'), month: new Decimal('4.9'), hour: new Decimal('0.0125'), cap: new Decimal('7.5') }
const [hundred, nineHundred] = [new Decimal(100), new Decimal(900)]

/** The same estimate written out for these very plans, exact as well: gross minor units. */
function handWrittenSum(plan: number, gb: number, gib: number): Decimal {
  const extra = new Decimal(plan).div(10)
  const above = Decimal.max(0, new Decimal(gb).minus(500))
  const second = Decimal.min(nineHundred, Decimal.max(0, above.minus(hundred)))
  const third = Decimal.max(0, above.minus(1000))
  const graduated = Decimal.min(hundred, above).times('0.10').plus(second.times('0.08')).plus(third.times('0.05')).plus(2)
  const backup = Decimal.max(0, new Decimal(gib).minus(10)).div(50).ceil().times('1.90')
  const hours = Decimal.min(amounts.hour.times(744), amounts.cap.plus(extra))
  const monthly = amounts.month.plus(extra).plus(hours).plus(graduated).plus(backup)
  const order = amounts.setup.plus(extra).plus(monthly)
  return order.plus(order.times('0.2')).times(100).round().plus(monthly.times('1.2').times(100).round())
}

function estimateOf(rules: readonly PriceRule[], round: number): QuoteInput {
  const usage = [
    { meter: 'traffic.sent', quantity: new Decimal(400 + (round % 2000)) },
    { meter: 'backup', quantity: new Decimal(round % 500) },
  ]
  return { productId: `plan-${round % plans}`, rules, currency: 'EUR', treatment, at, usage }
}

/** CPU milliseconds that `work` takes for each of `rounds`. */
function cpuMsPer(rounds: number, work: (round: number) => void): number {
  const before = process.cpuUsage()
  for (let round = 0; round < rounds; round++) work(round)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / rounds
}

/**
 * What one storefront estimate costs: a quote of one plan out of a book of 200 prices, with traffic and backup stated.
 * Prints one JSON line; `baselineRatio` is how many times as long it takes as the same sum written by hand.
 */
function benchEstimate(): void {
  const { values } = parseArgs({ options: { estimates: { type: 'string', default: '20000' } } })
  const rounds = Number(values.estimates)
  const rules = Array.from({ length: plans }, (_, plan) => planRules(plan)).flat()
  const estimate = (round: number) => invariant(quoteProduct(estimateOf(rules, round)).ok, 'benchEstimate: every plan has a price')
  const byHand = (round: number) =>
    invariant(handWrittenSum(round % plans, 400 + (round % 2000), round % 500).gt(0), 'benchEstimate: nothing is free')
  cpuMsPer(2000, estimate)
  cpuMsPer(2000, byHand)

  const cpuMsPerEstimate = cpuMsPer(rounds, estimate)
  const baselineCpuMs = cpuMsPer(rounds, byHand)
  const result = {
    estimatesPerSecond: Math.round(1000 / cpuMsPerEstimate),
    cpuMsPerEstimate: Number(cpuMsPerEstimate.toFixed(4)),
    baselineCpuMs: Number(baselineCpuMs.toFixed(4)),
    baselineRatio: Number((cpuMsPerEstimate / baselineCpuMs).toFixed(1)),
  }
  process.stdout.write(`${JSON.stringify(result)}\n`)
}

benchEstimate()
