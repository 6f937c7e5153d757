import { v7 } from 'uuid'
import { Decimal } from '#app/domain/money/decimal.ts'
import { composeBundle } from '#app/services/products/compose-bundle.server.ts'
import { asOffice, buildAccount, buildContract, buildPriceBook, builtAt, type RuleFacts } from '#tests/support/builders.ts'
import { growTenant } from '#tests/support/tree.ts'
import type { Shop } from '../promotions/store.ts'

const apps = ['apache', 'mod-perl', 'php', 'mysql', 'backup'] as const
type App = (typeof apps)[number]
const names: Readonly<Record<App, string>> = { apache: 'Apache', 'mod-perl': 'mod_perl', php: 'PHP', mysql: 'MySQL', backup: 'Backup' }
const isOptional = (app: App) => app === 'mysql' || app === 'backup'

type Shelf = { readonly web2: string; readonly apps: Readonly<Record<App, string>> }

/** A provider and the store of its reseller, both with Web 2 and its apps. */
export type Friday = {
  readonly provider: string
  readonly shop: Shop
  /** A business that buys in the store by anniversary, on the 5th. */
  readonly accountId: string
  readonly codeOf: (app: string) => string
  readonly shelves: { readonly below: Shelf; readonly above: Shelf }
}

/**
 * Web 2 with Apache, mod_perl and PHP for nothing, MySQL and backup beside it. The reseller sells at 15.00, 95.00, 6.00 and 12.00 and buys
 * at 9.00, 63.20, 4.00 and 9.60. Names are new in each test.
 */
export async function buildFriday(): Promise<Friday> {
  const key = v7()
  const provider = await growTenant(`provider-${key}`)
  const tenantId = await growTenant(`reseller-${key}`, provider)
  const codeOf = (app: string) => `${app}-${key}`
  const above = await stock(provider, codeOf)
  const below = await stock(tenantId, codeOf, above)
  const buyBook = await buildPriceBook(provider, pricesOf(above, ['9.00', '63.20', '4.00', '9.60']))
  const { priceBookId } = await buildPriceBook(tenantId, pricesOf(below, ['15.00', '95.00', '6.00', '12.00']))
  await asOffice(provider, async ({ db }) => {
    await db.tenant.updateMany({ where: { tenantId: provider }, data: { country: 'DE', vatId: 'DE123456788', timeZone: 'Europe/Berlin' } })
    await db.contract.updateMany({ where: { tenantId: provider }, data: { priceBookId: buyBook.priceBookId } })
    await db.account.updateMany({ where: { tenantId: provider }, data: { vatId: 'ATU12345675', vatIdStatus: 'valid' } })
  })
  await asOffice(tenantId, ({ db }) => db.tenant.updateMany({ where: { tenantId }, data: { vatId: 'ATU12345675' } }))
  const accountId = await buildAccount(tenantId, { name: 'Tischlerei Huber OG', country: 'AT' })
  await buildContract(tenantId, { accountId, priceBookId, feesInAdvance: true, billingDay: 5 })
  const shop = { tenantId, productId: below.web2, planCode: codeOf('web-2'), priceBookId }
  return { provider, shop, accountId, codeOf, shelves: { below, above } }
}

const spec = {
  cpuNumber: 4,
  memoryMib: 8192,
  diskGib: 160,
  locations: [{ code: 'vie-1', city: 'Vienna', country: 'AT' }],
  images: [{ code: 'debian-12', name: 'Debian 12', family: 'linux' }],
  proration: 'day',
}

async function stock(tenantId: string, codeOf: (app: string) => string, parent?: Shelf): Promise<Shelf> {
  const shelf: Shelf = { web2: v7(), apps: { apache: v7(), 'mod-perl': v7(), php: v7(), mysql: v7(), backup: v7() } }
  const common = { tenantId, description: {}, status: 'published', createdAt: builtAt }
  await asOffice(tenantId, async (ctx) => {
    await ctx.db.product.createMany({
      data: [
        {
          ...common,
          id: shelf.web2,
          code: codeOf('web-2'),
          kind: 'plan',
          name: { en: 'Web 2' },
          spec,
          position: 1,
          parentProductId: parent?.web2 ?? null,
        },
        ...apps.map((app, at) => ({
          ...common,
          id: shelf.apps[app],
          code: codeOf(app),
          kind: 'app',
          name: { en: names[app] },
          position: at + 2,
          spec: { app: isOptional(app) ? 'optional' : 'free', proration: 'day' },
          parentProductId: parent?.apps[app] ?? null,
        })),
      ],
    })
    const members = apps.map((app) => ({
      memberId: shelf.apps[app],
      quantity: new Decimal(1),
      role: isOptional(app) ? ('optional' as const) : ('complimentary' as const),
    }))
    await composeBundle(ctx, { bundleId: shelf.web2, members })
  })
  return shelf
}

function pricesOf({ web2, apps: ids }: Shelf, [setup, month, mysql, backup]: readonly [string, string, string, string]): RuleFacts[] {
  const free = (['apache', 'mod-perl', 'php'] as const).map((app) => ({ feeKind: 'recurring' as const, price: '0', productId: ids[app] }))
  return [
    { feeKind: 'setup', price: setup, productId: web2 },
    { feeKind: 'recurring', price: month, productId: web2 },
    ...free,
    { feeKind: 'recurring', price: mysql, productId: ids.mysql },
    { feeKind: 'recurring', price: backup, productId: ids.backup },
  ]
}

/** The store offers the app no more; or its parent, above, sells it with the plan no more. */
export async function hideOption({ shop, provider, shelves }: Friday, app: App, where: 'store' | 'above' = 'store'): Promise<void> {
  if (where === 'store') {
    const { tenantId } = shop
    await asOffice(tenantId, ({ db }) =>
      db.product.updateMany({ where: { tenantId, id: shelves.below.apps[app] }, data: { status: 'hidden' } }),
    )
    return
  }
  await asOffice(provider, (ctx) => composeBundle(ctx, { bundleId: shelves.above.web2, members: [] }))
}
