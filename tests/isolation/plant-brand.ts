import type { TenantContext } from '#app/db/context.server.ts'

/** A row of every kind that a seller's brand consists of. */
export async function plantSellerBrand({ db, tenantId, now }: TenantContext): Promise<void> {
  await db.brandDraft.createMany({ data: [{ tenantId, content: {}, revision: 1, changedBy: 'test', changedAt: now }] })
  await db.brandVersion.createMany({ data: [{ tenantId, number: 1, content: {}, publishedBy: 'test', publishedAt: now }] })
  const name = '0123456789abcdef0123456789abcdef.png'
  await db.brandPicture.createMany({ data: [{ tenantId, name, content: new Uint8Array([1]), createdAt: now }] })
  await db.legalVersion.createMany({ data: [{ tenantId, page: 'terms', number: 1, texts: {}, brandNumber: 1, publishedAt: now }] })
}
