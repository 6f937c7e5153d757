import { readBundleItems } from '#app/db/catalog/products.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import type { CatalogFile, CatalogPlan } from '#app/domain/catalog/catalog-file.ts'
import type { CatalogRule } from '#app/domain/catalog/catalog-rules.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { composeBundle } from '../products/compose-bundle.server.ts'

export type ImportProductsInput = {
  readonly catalog: CatalogFile
  /** The parent's product behind each plan, by code; a provider has none. */
  readonly parentProducts?: ReadonlyMap<string, string>
}

/**
 * Adds the plans, apps and services of a catalog as products, and what each plan brings along; a product that is there by its code keeps its id
 * and takes the new description, a plan that contains something already keeps it. Returns ids by code.
 */
export async function importProducts(ctx: TenantContext, { catalog, parentProducts }: ImportProductsInput): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  const { families, locations, images } = catalog
  const facts = [
    ...catalog.plans.map((plan) => planFacts(plan, { family: families[plan.family] ?? {}, locations, images })),
    ...catalog.apps.map(appFacts),
    ...catalog.services.map(serviceFacts),
  ]
  for (const [position, product] of facts.entries()) {
    const { code, ...rest } = product
    const row = { ...rest, position, status: 'published', parentProductId: parentProducts?.get(code) ?? null }
    const { id } = await ctx.db.product.upsert({
      where: { tenantId_code: { tenantId: ctx.tenantId, code } },
      update: row,
      create: { tenantId: ctx.tenantId, id: newId(), code, createdAt: ctx.now, ...row },
      select: { id: true },
    })
    ids.set(code, id)
  }
  for (const { code, apps } of catalog.plans) if (apps) await importBundle(ctx, { bundleId: idIn(ids, code), apps, ids })
  return ids
}

type PlanSurroundings = Pick<CatalogFile, 'locations' | 'images'> & { readonly family: Readonly<Record<string, string>> }

function planFacts(plan: CatalogPlan, { family, locations, images }: PlanSurroundings) {
  const { code, name, cpuNumber, memoryMib, diskGib, proration } = plan
  const trafficGb = plan.traffic?.includedGb.toNumber() ?? null
  return {
    code,
    kind: 'plan',
    name,
    description: { ...family },
    productGroup: plan.family,
    spec: { cpuNumber, memoryMib, diskGib, trafficGb, family: plan.family, proration, locations, images },
  }
}

function appFacts({ code, name, month, port }: CatalogFile['apps'][number]) {
  const app = month.isZero() ? 'free' : 'optional'
  return { code, kind: 'app', name, description: {}, productGroup: 'apps', spec: { app, proration: 'day', ...(port ? { port } : {}) } }
}

function serviceFacts({ code, name, description, unit, most, termMonths }: CatalogFile['services'][number]) {
  const spec = { proration: 'day', saleUnit: unit, mostUnits: most, ...(termMonths ? { termMonths } : {}) }
  return { code, kind: 'service', name, description, productGroup: 'services', spec }
}

type BundleImport = {
  readonly bundleId: string
  readonly apps: NonNullable<CatalogPlan['apps']>
  readonly ids: ReadonlyMap<string, string>
}

async function importBundle(ctx: TenantContext, { bundleId, apps, ids }: BundleImport): Promise<void> {
  if ((await readBundleItems(ctx, [bundleId])).length > 0) return
  const quantity = new Decimal(1)
  const members = [
    ...apps.free.map((code) => ({ memberId: idIn(ids, code), role: 'complimentary' as const, quantity })),
    ...apps.optional.map((code) => ({ memberId: idIn(ids, code), role: 'optional' as const, quantity })),
  ]
  const composed = await composeBundle(ctx, { bundleId, members })
  invariant(composed.ok, `importProducts: ${composed.ok ? '' : composed.error}`)
}

function idIn(ids: ReadonlyMap<string, string>, code: string): string {
  const id = ids.get(code)
  invariant(id, `importProducts: the catalog has no product ${code}`)
  return id
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
