import { Decimal } from '#app/domain/money/decimal.ts'
import type { PlanProblem } from '#app/domain/pricing/plan-file/plan-file.ts'
import { type PricePoint, type PricePreview, previewPlan, tryQuantity } from '#app/domain/pricing/plan-file/preview-plan.ts'
import { type CheckPlanInput, checkPlan } from '#app/services/pricing/check-plan.server.ts'
import type { StaffContext } from '#app/web/request/as-staff.server.ts'

/** What a plan will charge, and what is wrong with it. `tried` is the calculator: an answer for each price and quantity. */
export type PreviewData = {
  readonly problems: readonly PlanProblem[]
  readonly losses: readonly PlanProblem[]
  readonly prices: readonly PricePreview[]
  readonly tried: Readonly<Record<string, PricePoint>>
}

/** Looks at a plan as it stands or as it is typed. `form` may carry quantities to try, `try.<price>`. */
export async function previewData(ctx: StaffContext, input: CheckPlanInput, form?: FormData): Promise<PreviewData> {
  const { plan, problems, losses } = await checkPlan(ctx, input)
  if (!plan) return { problems, losses, prices: [], tried: {} }
  const tried = plan.usage.flatMap((_, index): [string, PricePoint][] => {
    const text = form?.get(`try.${index}`)
    if (typeof text !== 'string' || !/^\d{1,15}(\.\d{1,12})?$/.test(text)) return []
    const point = tryQuantity(plan, index, new Decimal(text))
    return point ? [[String(index), point]] : []
  })
  return { problems, losses, prices: previewPlan(plan), tried: Object.fromEntries(tried) }
}
