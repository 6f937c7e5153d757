import { readOwnMeters, sampledOf } from '#app/db/catalog/meters.server.ts'
import { readPlanDraft } from '#app/db/catalog/plan-drafts.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readJsonText } from '#app/domain/pricing/plan-file/json-text.ts'
import { type PlanFile, type PlanProblem, readPlan } from '#app/domain/pricing/plan-file/plan-file.ts'
import { rulesOfPlan } from '#app/domain/pricing/plan-file/preview-plan.ts'
import type { PriceRule } from '#app/domain/pricing/price-rule.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type SimulatedPrices, simulatePrices } from '#app/domain/simulation/simulate-prices.ts'
import type { SheetUsage } from '#app/domain/simulation/usage-sheet.ts'
import type { Period } from '#app/domain/time/period.ts'
import type { OwnMeters } from '#app/domain/usage/own-meter.ts'
import { exportPlanOf } from './save-plan-draft.server.ts'

/** Which plan is simulated: one in force in a book, a draft, or a file. */
export type SimulatedPlan =
  | { readonly kind: 'book'; readonly priceBookId: string; readonly productId: string | null }
  | { readonly kind: 'draft'; readonly draftId: string }
  | { readonly kind: 'file'; readonly text: string }

export type SimulatePricesInput = {
  readonly plan: SimulatedPlan
  readonly usage: readonly SheetUsage[]
  readonly zone: string
  readonly span?: Period | null
}
export type SimulatePricesError = 'plan-not-found' | 'not-json' | 'bad-plan'
export type SimulationAnswer =
  | {
      readonly ok: true
      readonly value: { readonly prices: SimulatedPrices; readonly rules: readonly PriceRule[]; readonly currency: string }
    }
  | { readonly ok: false; readonly error: SimulatePricesError; readonly problems?: readonly PlanProblem[] }

const product = 'plan'

/** What `usage` would cost by a plan, by the functions that charge for real. The plan of a book has its rate card below it. Nothing is kept. */
export async function simulateUsage(
  ctx: TenantContext,
  { plan: wanted, usage, zone, span = null }: SimulatePricesInput,
): Promise<SimulationAnswer> {
  const typed = await typedPlan(ctx, wanted)
  if (!typed.ok) return typed
  const own = await readOwnMeters(ctx)
  const read = readPlan(typed.value, own)
  if (!read.ok) return { ok: false, error: 'bad-plan', problems: read.problems }
  const plan = read.value
  const productId = plan.kind === 'plan' ? product : null
  const rules = [...rulesOfPlan(plan, productId), ...(await rateCardBelow(ctx, wanted, own))]
  const { currency, proration } = plan
  const cycle = { zone, anchorDay: 1 }
  const prices = simulatePrices({ rules, currency, productId, proration, usage, cycle, span, sampledMeters: sampledOf(own) })
  return { ok: true, value: { prices, rules, currency } }
}

async function typedPlan(ctx: TenantContext, wanted: SimulatedPlan): Promise<Result<unknown, SimulatePricesError>> {
  if (wanted.kind === 'file') {
    const json = readJsonText(wanted.text)
    return json.ok ? ok(json.value) : err('not-json')
  }
  if (wanted.kind === 'draft') {
    const draft = await readPlanDraft(ctx, wanted.draftId)
    return draft ? ok(draft.plan) : err('plan-not-found')
  }
  const exported = await exportPlanOf(ctx, wanted)
  return exported.ok ? ok(exported.value.plan) : err('plan-not-found')
}

/** Use that the plan itself does not price falls to the book's rate card. */
async function rateCardBelow(ctx: TenantContext, wanted: SimulatedPlan, own: OwnMeters): Promise<PriceRule[]> {
  if (wanted.kind !== 'book' || wanted.productId === null) return []
  const exported = await exportPlanOf(ctx, { priceBookId: wanted.priceBookId, productId: null })
  const card = exported.ok ? readPlan(exported.value.plan, own) : undefined
  if (!card?.ok) return []
  return rulesOfPlan(card.value satisfies PlanFile, null).map((rule) => ({ ...rule, id: `card-${rule.id}` }))
}
