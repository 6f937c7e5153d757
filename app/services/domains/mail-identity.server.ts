import { inTenant } from '#app/db/context.server.ts'
import { findMailDomain } from '#app/db/sellers/mail-domains.server.ts'
import { findTenantBySlug } from '#app/db/sellers/tenants.server.ts'

/** With what a seller signs mails of one of its domains. */
export type MailIdentity = {
  readonly mailDomainId: string
  readonly domain: string
  readonly selector: string
  readonly secretCiphertext: Uint8Array
}

/**
 * What signs a mail that the seller `slug` sends from `domain`; null while the seller has not proven that it may, or no longer does. What
 * another seller has proven counts for that one alone.
 */
export async function mailIdentityOf(slug: string, domain: string): Promise<MailIdentity | null> {
  const tenant = await findTenantBySlug(slug)
  const row = tenant && (await inTenant(tenant.tenantId, (ctx) => findMailDomain(ctx, { domain })))
  if (row?.state !== 'active') return null
  return { mailDomainId: row.id, domain: row.domain, selector: row.selector, secretCiphertext: row.secretCiphertext }
}
