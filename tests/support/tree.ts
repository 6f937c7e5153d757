import { v7 } from 'uuid'
import { inTenant } from '#app/db/context.server.ts'
import { type AddTenantInput, addTenant } from '#app/services/tenancy/add-tenant.server.ts'

const facts = {
  country: 'AT',
  currency: 'EUR',
  timeZone: 'Europe/Vienna',
  language: 'de',
  addressLines: ['Ahorngasse 1', '1010 Wien'],
  numberPrefix: 'AH',
} as const

/** What it takes to make the tenant `slug`, as a test would say it. */
export function tenantFacts(slug: string, parentTenantId?: string): AddTenantInput {
  return {
    ...facts,
    slug,
    legalName: `${slug} GmbH`,
    email: `office@${slug}.example`,
    host: `${slug}.localhost`,
    owner: { email: `owner@${slug}.example`, name: 'Olivia Owner' },
    ...(parentTenantId
      ? { parent: { tenantId: parentTenantId, contract: { priceBookCode: 'resellers', terms: { creditLimitMinor: 10_000_000n } } } }
      : {}),
  }
}

/** A seller named `slug`, below `parentTenantId` or a provider, with a public price book and one for resellers. Returns its id. */
export async function growTenant(slug: string, parentTenantId?: string): Promise<string> {
  const added = await addTenant(tenantFacts(slug, parentTenantId))
  if (!added.ok) throw new Error(`growTenant: ${added.error}`)
  await growPriceBooks(added.value.tenantId)
  return added.value.tenantId
}

/** The price book every visitor sees and the one resellers buy by. */
export async function growPriceBooks(tenantId: string, currency = 'EUR'): Promise<void> {
  await inTenant(tenantId, ({ db, now }) =>
    db.priceBook.createMany({
      data: [
        { tenantId, id: v7(), code: 'public', name: 'Store', currency, isPublic: true, createdAt: now },
        { tenantId, id: v7(), code: 'resellers', name: 'Resellers', currency, isPublic: false, createdAt: now },
      ],
    }),
  )
}
