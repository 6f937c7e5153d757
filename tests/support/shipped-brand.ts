import { shippedPack } from '#app/brand/read-pack.server.ts'
import { importBrand } from '#app/services/brand/import-brand.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { brandPorts } from '#app/wiring.server.ts'

/** Lets a seller wear the brand that ships for it, instead of the neutral one. */
export async function wearShippedBrand(tenantId: string, slug: string): Promise<void> {
  const worn = await importBrand(processOf(tenantId, brandPorts()), shippedPack(slug))
  if (!worn.ok) throw new Error(`${slug}: ${JSON.stringify(worn.problems)}`)
}
