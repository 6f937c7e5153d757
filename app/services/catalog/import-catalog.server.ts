import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import type { CatalogFile } from '#app/domain/catalog/catalog-file.ts'
import type { CatalogRule } from '#app/domain/catalog/catalog-rules.ts'

export type ImportProductsInput = {
  readonly catalog: CatalogFile
  /** The parent's product behind each plan, by code; a provider has none. */
  readonly parentProducts?: ReadonlyMap<string, string>
}

/** Adds the plans of a catalog as products; one that is there by its code keeps its id and takes the new description. Returns ids by code. */
export async function importProducts(ctx: TenantContext, { catalog, parentProducts }: ImportProductsInput): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const [position, plan] of catalog.plans.entries()) {
    const facts = {
      kind: 'plan',
      name: plan.name,
      description: catalog.families[plan.family] ?? {},
      position,
      status: 'published',
      productGroup: plan.family,
      parentProductId: parentProducts?.get(plan.code) ?? null,
      spec: {
        cpuNumber: plan.cpuNumber,
        memoryMib: plan.memoryMib,
        diskGib: plan.diskGib,
        trafficGb: plan.traffic?.includedGb.toNumber() ?? null,
        family: plan.family,
        proration: plan.proration,
        locations: catalog.locations,
        images: catalog.images,
      },
    }
    const where = { tenantId_code: { tenantId: ctx.tenantId, code: plan.code } }
    const product = await ctx.db.product.upsert({
      where,
      update: facts,
      create: { tenantId: ctx.tenantId, id: newId(), code: plan.code, createdAt: ctx.now, ...facts },
      select: { id: true },
    })
    ids.set(plan.code, product.id)
  }
  return ids
}

export type ImportPriceBookInput = {
  readonly code: string
  readonly name: string
  readonly currency: string
  /** Whether visitors of the store see it. */
  readonly isPublic: boolean
  readonly validFrom: Date
  readonly rules: readonly CatalogRule[]
  readonly products: ReadonlyMap<string, string>
}

/** Opens a price book with its first version. A book that is there stays as it is: versions are never rewritten. */
export async function importPriceBook(ctx: TenantContext, input: ImportPriceBookInput): Promise<{ priceBookId: string; isNew: boolean }> {
  const { tenantId } = ctx
  const known = await ctx.db.priceBook.findUnique({ where: { tenantId_code: { tenantId, code: input.code } }, select: { id: true } })
  if (known) return { priceBookId: known.id, isNew: false }

  const { isPublic } = input
  const [priceBookId, priceVersionId] = [newId(), newId()]
  await ctx.db.priceBook.createMany({
    data: [{ tenantId, id: priceBookId, code: input.code, name: input.name, currency: input.currency, isPublic, createdAt: ctx.now }],
  })
  await ctx.db.priceVersion.createMany({
    data: [{ tenantId, id: priceVersionId, priceBookId, number: 1, isPublic, validFrom: input.validFrom, createdAt: ctx.now }],
  })
  await ctx.db.priceRule.createMany({
    data: input.rules.map((rule) => ({
      tenantId,
      id: newId(),
      priceVersionId,
      isPublic,
      feeKind: rule.feeKind,
      productId: rule.plan === null ? null : (input.products.get(rule.plan) ?? null),
      meter: rule.meter,
      unit: rule.unit,
      unitPrice: rule.unitPrice.toFixed(),
      included: rule.included.toFixed(),
      cap: rule.cap?.toFixed() ?? null,
      match: rule.match,
    })),
  })
  return { priceBookId, isNew: true }
}
