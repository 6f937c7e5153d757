import { inTenant } from '#app/db/context.server.ts'
import { countUnsealedFiles } from '#app/db/documents/deliveries.server.ts'
import { type StaleField, staleFields } from '#app/db/sealing/reseal-fields.server.ts'
import { countSealedByOthers } from '#app/db/sealing/sealed-secrets.server.ts'

/** What an installation's tenant still has that the present key did not seal. */
export type KeyStanding = { readonly secrets: number; readonly fields: readonly StaleField[]; readonly files: number }

/** How far a tenant is with the present key: secrets of another one, fields in plain or of another one, and files of documents in plain. */
export function keyStanding(tenantId: string, keyId: string): Promise<KeyStanding> {
  return inTenant(tenantId, async (ctx) => ({
    secrets: await countSealedByOthers(ctx, keyId),
    fields: await staleFields(ctx),
    files: await countUnsealedFiles(ctx),
  }))
}
