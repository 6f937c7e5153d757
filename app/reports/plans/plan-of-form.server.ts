import { readOwnMeters } from '#app/db/catalog/meters.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { planOfForm } from './plan-form.ts'

/** The plan that a form's fields spell, with the units of the seller's own meters. */
export async function readPlanForm(ctx: TenantContext, form: FormData): Promise<ReturnType<typeof planOfForm>> {
  return planOfForm(form, await readOwnMeters(ctx))
}
