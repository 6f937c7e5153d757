import { type DocumentKey, documentKeyOf } from '#app/config/document-text.server.ts'
import { environment } from '#app/config/env.server.ts'
import { newKeyText } from '#app/config/sealed-bytes.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { openField, sealField } from './sealed-fields.server.ts'

type KeyRow = { readonly id: string; readonly sealedKey: string }

/**
 * The key that seals what the tenant issues now; the first document makes it. It is asked for in the transaction that uses it, so that a key
 * whose row is not there, after a rollback or a restored back-up, seals nothing. Opening it is remembered.
 */
export async function presentDocumentKey(ctx: TenantContext): Promise<DocumentKey> {
  let row = await newestKey(ctx)
  if (!row) {
    await beginDocumentKey(ctx)
    row = await newestKey(ctx)
  }
  invariant(row, `tenant ${ctx.tenantId} has no document key`)
  return opened(ctx, row)
}

/** The tenant's key of that id. @throws when there is none. */
export async function documentKey(ctx: TenantContext, id: string): Promise<DocumentKey> {
  const known = remembered(id)
  if (known) return known
  const [row] = await ctx.db.$queryRaw<KeyRow[]>`
    select id, sealed_key as "sealedKey" from document_keys where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
  invariant(row, `tenant ${ctx.tenantId} has no document key ${id}`)
  return opened(ctx, row)
}

/** A new key for what is issued from now on; those before go on opening what they sealed. Of several at once one is made. */
export async function beginDocumentKey(ctx: TenantContext): Promise<void> {
  const id = newId()
  await ctx.db.$executeRaw`
    insert into document_keys (tenant_id, id, number, sealed_key, created_at)
    select ${ctx.tenantId}::uuid, ${id}::uuid, coalesce(max(number), 0) + 1,
      ${sealField(ctx, 'document_keys.sealed_key', id, newKeyText())}, ${ctx.now}
    from document_keys where tenant_id = ${ctx.tenantId}::uuid
    on conflict (tenant_id, number) do nothing`
}

async function newestKey(ctx: TenantContext): Promise<KeyRow | undefined> {
  const [row] = await ctx.db.$queryRaw<KeyRow[]>`
    select id, sealed_key as "sealedKey" from document_keys where tenant_id = ${ctx.tenantId}::uuid order by number desc limit 1`
  return row
}

/** Opened keys of this process, the oldest first. What an id names never changes; they are forgotten so that memory holds few for long. */
const known = new Map<string, { readonly key: DocumentKey; readonly at: number }>()
let knownUnder: ReturnType<typeof environment> | undefined
const [mostKnown, rememberedMs] = [1_000, 300_000]

function opened(ctx: TenantContext, { id, sealedKey }: KeyRow): DocumentKey {
  const before = remembered(id)
  if (before) return before
  const key = documentKeyOf(id, openField(ctx, 'document_keys.sealed_key', id, sealedKey))
  const [oldest] = known.keys()
  if (oldest !== undefined && known.size >= mostKnown) known.delete(oldest)
  known.set(id, { key, at: performance.now() })
  return key
}

function remembered(id: string): DocumentKey | undefined {
  // Under other settings there are other keys of the installation: what they open is asked anew.
  if (knownUnder !== environment()) known.clear()
  knownUnder = environment()
  const found = known.get(id)
  if (!found) return undefined
  if (performance.now() - found.at < rememberedMs) return found.key
  known.delete(id)
  return undefined
}
