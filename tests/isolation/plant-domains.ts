import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

/** A domain that the seller's mails come from. */
export async function plantSellerDomains({ db, tenantId, now }: TenantContext): Promise<void> {
  const key = { selector: 'store', publicKey: 'MIIB', secretCiphertext: new Uint8Array([1]), secretKeyId: 'planted' }
  await db.mailDomain.createMany({
    data: [{ tenantId, id: v7(), domain: 'mail.example', ...key, state: 'added', records: [], createdAt: now }],
  })
}
