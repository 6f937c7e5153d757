import { tenantsWithDomains } from '#app/db/sellers/store-domains.server.ts'

/** Ids of the sellers that have a host or mail domain of their own to look after. */
export function sellersWithDomains(): Promise<string[]> {
  return tenantsWithDomains()
}
