import { audit } from '#app/db/audit.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { beginDocumentKey } from '#app/db/sealing/document-keys.server.ts'
import { resealPage } from '#app/db/sealing/reseal-fields.server.ts'
import { type SealedField, sealedFieldNames } from '#app/db/sealing/sealed-fields.server.ts'
import { listTenants } from '#app/db/sellers/tenants.server.ts'
import type { Actor } from '#app/domain/shared/actor.ts'

const pageSize = 500

/** Every tenant: what ended tenants keep is sealed, too. */
export async function tenantsToSeal(): Promise<string[]> {
  return (await listTenants()).map(({ tenantId }) => tenantId)
}

/**
 * Seals with the present key every field of the tenant that is stored in plain or was sealed by another, page by page in short transactions
 * while the tenant goes on working; returns how many values. It can be ended at any time and goes on where it was.
 */
export async function resealFields(tenantId: string, actor: Actor): Promise<number> {
  let total = 0
  for (const field of sealedFieldNames) total += await resealField(tenantId, field, actor)
  return total
}

async function resealField(tenantId: string, field: SealedField, actor: Actor): Promise<number> {
  let total = 0
  let afterId: string | null = null
  do {
    const after: string | null = afterId
    const page = await inTenant(
      tenantId,
      async (ctx) => {
        const done = await resealPage(ctx, field, { afterId: after, limit: pageSize })
        if (done.sealed > 0) await noted(ctx, field, done.sealed)
        // Who had the key before may know what it sealed: what is issued from now on gets a key of its own.
        if (done.sealed > 0 && field === 'document_keys.sealed_key') await beginDocumentKey(ctx)
        return done
      },
      { actor },
    )
    total += page.sealed
    afterId = page.lastId
  } while (afterId !== null)
  return total
}

function noted(ctx: Parameters<typeof audit>[0], field: SealedField, rows: number): Promise<void> {
  return audit(ctx, { action: 'secrets.fields-sealed', subjectKind: 'tenant', subjectId: ctx.tenantId, detail: { field, rows } })
}
