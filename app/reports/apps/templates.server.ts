import { type AppTemplateRow, findTemplate, listTemplates } from '#app/db/catalog/app-templates.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { ProductSpec } from '#app/domain/catalog/product-spec.ts'

export type AppTemplateListRow = AppTemplateRow & { readonly applications: number }

/** Applications as staff composed them, with how many buyers have of each. */
export async function listAppTemplates(ctx: TenantContext): Promise<AppTemplateListRow[]> {
  const { db, tenantId } = ctx
  const templates = await listTemplates(ctx)
  const counts = await db.application.groupBy({ by: ['templateId'], where: { tenantId }, _count: true })
  return templates.map((template) => ({
    ...template,
    applications: counts.find(({ templateId }) => templateId === template.id)?._count ?? 0,
  }))
}

type Words = Readonly<Record<string, string>>
export type TierPlan = { readonly code: string; readonly name: Words; readonly status: string }
export type TierImage = { readonly code: string; readonly name: string }
export type AppTemplateDetail = {
  readonly template: AppTemplateRow
  /** What tiers can be made of. */
  readonly plans: readonly TierPlan[]
  readonly images: readonly TierImage[]
}

/** One of them, with the plans and images it can be made of; null when there is none such. */
export async function readAppTemplate(ctx: TenantContext, id: string): Promise<AppTemplateDetail | null> {
  const template = await findTemplate(ctx, id)
  if (!template) return null
  const rows = await ctx.db.product.findMany({
    where: { tenantId: ctx.tenantId, kind: 'plan', status: { not: 'retired' } },
    select: { code: true, name: true, status: true, spec: true },
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
    take: 50,
  })
  const images = new Map(rows.flatMap(({ spec }) => ProductSpec.parse(spec).images.map((image) => [image.code, image] as const)))
  return {
    template,
    plans: rows.map(({ code, name, status }) => ({ code, status, name: name as Words })),
    images: [...images.values()].map(({ code, name }) => ({ code, name })),
  }
}
