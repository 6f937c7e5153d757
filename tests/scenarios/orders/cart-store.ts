import { v7 } from 'uuid'
import { AppTier } from '#app/domain/apps/app-template.ts'
import { ProductDraft } from '#app/domain/catalog/product.ts'
import { addTemplate, moveTemplate, saveTier } from '#app/services/apps/save-template.server.ts'
import { addProduct, moveProduct } from '#app/services/products/save-product.server.ts'
import { asOffice, builtAt, type RuleFacts } from '#tests/support/builders.ts'

const value = <T>(result: { ok: true; value: T } | { ok: false; error: string }): T => {
  if (!result.ok) throw new Error(result.error)
  return result.value
}

const spec = {
  cpuNumber: 1,
  memoryMib: 1024,
  diskGib: 20,
  proration: 'day',
  locations: [{ code: 'vie-1', city: 'Vienna', country: 'AT' }],
  images: [{ code: 'debian-12', name: 'Debian 12', family: 'linux' }],
}

/** Puts up for sale a server at 15.00 and 95.00 a month, hours of work at 80.00 each, and an application `shop` of two tiers of that server. */
export async function sellCart(tenantId: string): Promise<{ readonly planCode: string; readonly rules: readonly RuleFacts[] }> {
  const productId = v7()
  const planCode = `web-2-${productId}`
  const draft = ProductDraft.parse({ code: 'work', kind: 'service', saleUnit: 'hour', mostUnits: '40' })
  const workId = await asOffice(tenantId, async (ctx) => {
    const plan = { code: planCode, kind: 'plan', name: { en: 'Web 2', de: 'Web 2' }, description: {}, spec, position: 1 }
    await ctx.db.product.createMany({ data: [{ tenantId, id: productId, ...plan, status: 'published', createdAt: builtAt }] })
    const { productId: id } = value(await addProduct(ctx, { draft, language: 'de', text: { name: 'Arbeitsstunden', description: '' } }))
    await moveProduct(ctx, { productId: id, state: 'published' })
    const { templateId } = value(await addTemplate(ctx, { code: 'shop', name: 'Shop', language: 'en' }))
    const tier = { planCodes: [planCode], imageCode: 'debian-12', least: 1 }
    const db = AppTier.parse({ ...tier, code: 'db', name: { en: 'Database' }, most: 1, port: 5432 })
    const web = AppTier.parse({ ...tier, code: 'web', name: { en: 'Web' }, most: 3, port: 443, isPublic: true, talksTo: ['db'] })
    for (const each of [db, web]) value(await saveTier(ctx, { templateId, tier: each }))
    value(await moveTemplate(ctx, { templateId, state: 'published' }))
    return id
  })
  return {
    planCode,
    rules: [
      { feeKind: 'setup', price: '15.00', productId },
      { feeKind: 'recurring', price: '95.00', productId },
      { feeKind: 'setup', price: '80.00', productId: workId },
    ],
  }
}
