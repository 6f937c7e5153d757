import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { lockSealedByOthers, replaceSealed } from '#app/db/sealing/sealed-secrets.server.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'

/** Seals with the present key of the installation, and opens with it or the one before. */
export type SecretRotation = {
  keyId(): string
  reseal(ciphertext: Uint8Array, row: string): { readonly ciphertext: Uint8Array<ArrayBuffer>; readonly keyId: string }
}

/**
 * Seals anew what another key than the present one has sealed: some rows of the tenant, so that a tenant with many is done in short
 * transactions. `rotated` is 0 once nothing is left; it can be ended at any time and goes on where it was. @throws when a secret opens with
 * neither key.
 */
export async function rotateSecrets(ctx: TenantContext, rotation: SecretRotation): Promise<Result<{ rotated: number }, never>> {
  const rows = await lockSealedByOthers(ctx, rotation.keyId())
  for (const { table, id, ciphertext, previous } of rows) {
    const row = `${table}/${id}`
    const sealed = rotation.reseal(ciphertext, row)
    await replaceSealed(ctx, { table, id, ...sealed, previous: previous && rotation.reseal(previous, row).ciphertext })
  }
  if (rows.length > 0) {
    const detail = { rows: rows.length, keyId: rotation.keyId() }
    await audit(ctx, { action: 'secrets.rotated', subjectKind: 'tenant', subjectId: ctx.tenantId, detail })
  }
  return ok({ rotated: rows.length })
}
