import { audit } from '#app/db/audit.server.ts'
import { lineKey, openPriceDesk, type PriceDesk, sourceOf } from '#app/db/catalog/price-desk.server.ts'
import type { NewPriceRule } from '#app/db/catalog/price-rules.server.ts'
import type { VersionRule } from '#app/db/catalog/price-versions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { type PlannedPrice, type PlanPriceProblem, type PriceLine, planSellPrice } from '#app/domain/pricing/markup/plan-sell-prices.ts'
import { type FeeKind, type PriceRule, plainRule } from '#app/domain/pricing/price-rule.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type PublishVersionError, publishFirstVersion, publishVersion } from '../pricing/publish-version.server.ts'

export type SetPricesInput = {
  readonly priceBookId: string
  /** The first instant of the new prices. */
  readonly validFrom: Date
  readonly lines: readonly PriceLine[]
  /** Why prices may be below buy or floor; null: they may not. */
  readonly reason: string | null
  readonly note: string | null
}

/** A line that cannot be set, by its place in the list. */
export type LineProblem = {
  readonly index: number
  readonly field: 'price' | 'product'
  readonly problem: PlanPriceProblem | 'product-not-found' | 'line-twice'
}

export type PlannedLine = PlannedPrice & { readonly line: PriceLine; readonly key: string }
export type PricePlan = { readonly desk: PriceDesk; readonly lines: readonly PlannedLine[] }

export type PlanPricesError = 'book-not-found' | 'starts-in-the-past' | 'nothing-to-set' | 'refused'
/** A refusal, with every line that is wrong: all of them at once, nothing half done. */
export type Refused<E extends string> = { readonly ok: false; readonly error: E; readonly problems: readonly LineProblem[] }

/** What the lines make of the book's prices, without writing anything: preview and publication both start here. */
export async function planPrices(
  ctx: TenantContext,
  input: SetPricesInput,
  { lock = false } = {},
): Promise<{ ok: true; value: PricePlan } | Refused<PlanPricesError>> {
  const refuse = (error: PlanPricesError, problems: readonly LineProblem[] = []) => ({ ok: false as const, error, problems })
  if (input.lines.length === 0) return refuse('nothing-to-set')
  if (input.validFrom < ctx.now) return refuse('starts-in-the-past')
  const desk = await openPriceDesk(ctx, { priceBookId: input.priceBookId, at: input.validFrom, lock })
  if (!desk.ok) return refuse(desk.error)

  const problems: LineProblem[] = []
  const lines: PlannedLine[] = []
  const seen = new Set<string>()
  for (const [index, line] of input.lines.entries()) {
    const planned = planLine(desk.value, line, { hasReason: input.reason !== null, seen })
    if (planned.ok) lines.push(planned.value)
    else
      problems.push({
        index,
        field: planned.error === 'product-not-found' || planned.error === 'line-twice' ? 'product' : 'price',
        problem: planned.error,
      })
  }
  return problems.length > 0 ? refuse('refused', problems) : ok({ desk: desk.value, lines })
}

function planLine(
  desk: PriceDesk,
  line: PriceLine,
  { hasReason, seen }: { readonly hasReason: boolean; readonly seen: Set<string> },
): Result<PlannedLine, LineProblem['problem']> {
  if (line.productId !== null && !desk.products.has(line.productId)) return err('product-not-found')
  const key = lineKey(line.productId, line.fee)
  if (seen.has(key)) return err('line-twice')
  seen.add(key)
  const planned = planSellPrice(line, sourceOf(desk, line.productId, line.fee), hasReason)
  return planned.ok ? ok({ ...planned.value, line, key }) : planned
}

export type SetPricesError = PlanPricesError | PublishVersionError

/**
 * Writes sell prices into a new version of the book, each with the buy price, mark-up and rate it was made of; all other prices
 * stay as they are. All lines or none. Prices below buy or floor that the reason overcomes are logged one by one.
 */
export async function setPrices(
  ctx: TenantContext,
  input: SetPricesInput,
): Promise<{ ok: true; value: { priceVersionId: string; lines: number } } | Refused<SetPricesError>> {
  const plan = await planPrices(ctx, input, { lock: true })
  if (!plan.ok) return plan
  const { desk, lines } = plan.value
  const replaced = new Set(lines.map(({ key }) => key))
  const version = await openVersion(ctx, desk, { ...input, replaced, prices: lines.map((line) => newRule(desk, line)) })
  if (!version.ok) return { ...version, problems: [] }

  const { priceVersionId } = version.value
  for (const { line, key, overcome, figures } of lines) {
    if (overcome.length === 0) continue
    const detail = {
      key,
      productId: line.productId,
      price: figures.unitPrice.toFixed(),
      problems: [...overcome],
      reason: input.reason ?? '',
    }
    await audit(ctx, { action: 'price.overridden', subjectKind: 'price-version', subjectId: priceVersionId, detail })
  }
  return ok({ priceVersionId, lines: lines.length })
}

type Opening = Pick<SetPricesInput, 'priceBookId' | 'validFrom' | 'note'> & {
  readonly replaced: ReadonlySet<string>
  readonly prices: readonly NewPriceRule[]
}

async function openVersion(
  ctx: TenantContext,
  { former, book: { isPublic } }: PriceDesk,
  { replaced, prices, ...opening }: Opening,
): Promise<Result<{ readonly priceVersionId: string }, PublishVersionError>> {
  if (!former) return ok(await publishFirstVersion(ctx, { ...opening, isPublic, prices }))
  return publishVersion(ctx, {
    ...opening,
    adds: prices,
    change: (rule) => (replaced.has(lineKey(rule.productId, rule)) ? undefined : rule),
  })
}

const usualUnit: Readonly<Record<FeeKind, string>> = {
  setup: 'once',
  recurring: 'month',
  renewal: 'once',
  cancellation: 'once',
  usage: 'hour',
}

/** The price as it goes into the version: allowance and rhythm as they stand, else as the parent offers them. */
function newRule(desk: PriceDesk, planned: PlannedLine): NewPriceRule {
  const { line, key, basis } = planned
  const standing = desk.standing.get(key)
  const base: BaseFacts = standing ? factsOf(standing) : (desk.bought.get(key)?.fee ?? plainFee(line))
  return {
    feeKind: line.fee.feeKind,
    productId: line.productId,
    meter: line.fee.meter,
    match: line.fee.match,
    unit: line.unit ?? base.unit,
    included: base.included,
    includedScope: base.includedScope,
    rollsOver: base.rollsOver,
    quantityStep: base.quantityStep,
    interval: base.interval,
    billingMode: base.billingMode,
    ...figuresOver(base, planned),
    basis,
  }
}

/** The figures of a planned price; a price of one's own keeps the cap and minimum that stood where it names none. */
export function figuresOver(
  base: { readonly cap?: Decimal | null; readonly minimum?: Decimal | null },
  { figures, basis }: Pick<PlannedPrice, 'figures' | 'basis'>,
): PlannedPrice['figures'] {
  if (basis.markup.method !== 'own') return figures
  return { ...figures, cap: figures.cap ?? base.cap ?? null, minimum: figures.minimum ?? base.minimum ?? null }
}

type BaseFacts = Omit<NewPriceRule, 'basis' | 'feeKind' | 'productId' | 'meter' | 'match' | 'unitPrice' | 'model'>

function factsOf({ intervalUnit, intervalCount, billingMode, ...rule }: VersionRule): BaseFacts {
  const unit = intervalUnit as NonNullable<PriceRule['interval']>['unit'] | null
  return {
    ...rule,
    interval: unit && intervalCount ? { unit, count: intervalCount } : null,
    billingMode: billingMode as PriceRule['billingMode'],
  }
}

function plainFee(line: PriceLine): BaseFacts {
  const unit = line.unit ?? usualUnit[line.fee.feeKind]
  return plainRule({
    id: '',
    priceVersionId: '',
    validFrom: new Date(0),
    productId: line.productId,
    unit,
    unitPrice: new Decimal(0),
    ...line.fee,
  })
}
