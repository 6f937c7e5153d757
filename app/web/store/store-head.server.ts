import { storeAddress } from '#app/config/store-address.server.ts'
import type { HostTenant } from '#app/services/tenancy/tenant-for-host.server.ts'
import { brandOf } from '../branding/brand.server.ts'
import { structuredData } from './structured-data.ts'

/** The address of `path` at the store's main host, whatever host was asked: what is shared leads there. */
export function atMainHost(tenant: HostTenant, path: string): string {
  return storeAddress(tenant.mainHost, path)
}

/** The seller and its offers as search engines read them. */
export function structuredHome(tenant: HostTenant, offers: Parameters<typeof structuredData>[0]['offers']) {
  const { name, seller } = brandOf(tenant).pack
  return structuredData({ origin: storeAddress(tenant.mainHost), seller: { ...seller, name }, offers })
}
