import { describe, expect, test } from 'vitest'
import { findProduct, readBundleItems } from '#app/db/catalog/products.server.ts'
import { inStore } from '#app/db/context.server.ts'
import { itemsOfOrder, type MemberRole } from '#app/domain/catalog/bundle.ts'
import { ProductDraft } from '#app/domain/catalog/product.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { composeBundle } from '#app/services/products/compose-bundle.server.ts'
import { addProduct, changeProduct, moveProduct, translateProduct } from '#app/services/products/save-product.server.ts'
import { asOffice, buildTenant } from '#tests/support/builders.ts'

const add = (tenantId: string, code: string, facts: object = { kind: 'app', app: 'free' }) =>
  asOffice(tenantId, (ctx) =>
    addProduct(ctx, { draft: ProductDraft.parse({ code, ...facts }), language: 'de', text: { name: code, description: '' } }),
  )

async function added(tenantId: string, code: string, facts?: object): Promise<string> {
  const result = await add(tenantId, code, facts)
  if (!result.ok) throw new Error(result.error)
  return result.value.productId
}

const compose = (tenantId: string, bundleId: string, members: readonly [string, MemberRole, string?][]) =>
  asOffice(tenantId, (ctx) =>
    composeBundle(ctx, {
      bundleId,
      members: members.map(([memberId, role, quantity = '1']) => ({ memberId, role, quantity: new Decimal(quantity) })),
    }),
  )

describe('a product', () => {
  test('is added hidden, published when it is ready, and comes back from retirement hidden', async () => {
    const tenantId = await buildTenant()
    const productId = await added(tenantId, 'backup', { kind: 'app', app: 'optional', productGroup: 'apps' })
    const move = (state: 'published' | 'hidden' | 'retired') => asOffice(tenantId, (ctx) => moveProduct(ctx, { productId, state }))
    expect((await asOffice(tenantId, (ctx) => findProduct(ctx, productId)))?.status).toBe('hidden')
    expect([(await move('published')).ok, (await move('retired')).ok, (await move('published')).ok, (await move('hidden')).ok]).toEqual([
      true,
      true,
      false,
      true,
    ])
  })

  test('with a code that is taken, or without what its kind needs, is refused', async () => {
    const tenantId = await buildTenant()
    await added(tenantId, 'backup')
    expect(await add(tenantId, 'backup')).toEqual({ ok: false, error: 'code-taken' })
    expect(await add(tenantId, 'traffic', { kind: 'usage' })).toEqual({ ok: false, error: 'incomplete' })
    expect(await add(tenantId, 'web-9', { kind: 'plan' })).toEqual({ ok: false, error: 'incomplete' })
  })

  test('is called what each language calls it, and keeps a name in the seller’s own', async () => {
    const tenantId = await buildTenant()
    const productId = await added(tenantId, 'backup')
    const call = (language: string, name: string) =>
      asOffice(tenantId, (ctx) => translateProduct(ctx, { productId, language, ownLanguage: 'de', text: { name, description: '' } }))
    await call('fr', 'Sauvegarde')
    await call('en', 'Backup')
    await call('en', '')
    expect(await call('de', '')).toEqual({ ok: false, error: 'name-missing' })
    expect((await asOffice(tenantId, (ctx) => findProduct(ctx, productId)))?.name).toEqual({ de: 'backup', fr: 'Sauvegarde' })
  })

  test('keeps what else its spec holds when its terms change', async () => {
    const tenantId = await buildTenant()
    const productId = await added(tenantId, 'traffic', { kind: 'usage', meter: 'traffic.sent', quantityStep: '10' })
    await asOffice(tenantId, ({ db }) =>
      db.product.updateMany({ where: { id: productId }, data: { spec: { size: 1, meter: 'volume', quantityStep: '5' } } }),
    )
    const draft = ProductDraft.omit({ code: true, kind: true }).parse({ meter: 'traffic.received', productGroup: 'network' })
    expect((await asOffice(tenantId, (ctx) => changeProduct(ctx, { productId, draft }))).ok).toBe(true)
    const product = await asOffice(tenantId, (ctx) => findProduct(ctx, productId))
    expect([product?.spec, product?.productGroup]).toEqual([
      { size: 1, meter: 'traffic.received', unit: 'GB', proration: 'day' },
      'network',
    ])
  })
})

describe('a bundle', () => {
  test('Traffic Max brings nginx and monitoring, offers backup, and its order has a line for each', async () => {
    const tenantId = await buildTenant()
    const max = await added(tenantId, 'traffic-max', { kind: 'bundle' })
    const [nginx, monitoring, backup] = [
      await added(tenantId, 'nginx'),
      await added(tenantId, 'monitoring'),
      await added(tenantId, 'backup'),
    ]
    expect(
      (
        await compose(tenantId, max, [
          [nginx, 'complimentary'],
          [monitoring, 'included'],
          [backup, 'optional'],
        ])
      ).ok,
    ).toBe(true)

    // A visitor of the store reads what is in it, too.
    const bundleItems = await inStore(tenantId, (ctx) => readBundleItems(ctx, [max]))
    const ordered = itemsOfOrder({ productId: max, quantity: new Decimal(1), bundleItems, chosen: [backup] })
    expect(ordered.ok && ordered.value.map(({ productId, role }) => [productId, role])).toEqual([
      [max, 'main'],
      [nginx, 'included'],
      [monitoring, 'included'],
      [backup, 'add-on'],
    ])
  })

  test('that would contain itself through another is refused, and nothing of it is saved', async () => {
    const tenantId = await buildTenant()
    const [outer, inner] = [await added(tenantId, 'outer', { kind: 'bundle' }), await added(tenantId, 'inner', { kind: 'bundle' })]
    const nginx = await added(tenantId, 'nginx')
    await compose(tenantId, outer, [[inner, 'included']])
    expect(
      await compose(tenantId, inner, [
        [nginx, 'included'],
        [outer, 'optional'],
      ]),
    ).toEqual({ ok: false, error: 'contains-itself' })
    expect(await asOffice(tenantId, (ctx) => readBundleItems(ctx, [inner]))).toEqual([])
  })

  test('two people who would close a circle at once: one of them is refused', async () => {
    const tenantId = await buildTenant()
    const [left, right] = [await added(tenantId, 'left', { kind: 'bundle' }), await added(tenantId, 'right', { kind: 'bundle' })]
    const both = await Promise.all([compose(tenantId, left, [[right, 'included']]), compose(tenantId, right, [[left, 'included']])])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  })
})
