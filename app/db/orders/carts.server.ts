import type { TenantContext } from '../context.server.ts'
import type { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'

/** The lines of a browser's cart as they were kept, held until the transaction ends; null when it has none that still counts. */
export async function lockCart(ctx: TenantContext, tokenHash: string): Promise<unknown> {
  const [row] = await ctx.db.$queryRaw<{ lines: unknown }[]>`
    select lines from carts where tenant_id = ${ctx.tenantId}::uuid and token_hash = ${tokenHash} and expires_at > ${ctx.now} for update`
  return row?.lines ?? null
}

export type SavedCart = { readonly tokenHash: string; readonly lines: Prisma.InputJsonArray; readonly expiresAt: Date }

/** Keeps what is in a browser's cart until `expiresAt`. */
export async function saveCart(ctx: TenantContext, { tokenHash, lines, expiresAt }: SavedCart): Promise<void> {
  const { tenantId, now: updatedAt } = ctx
  await ctx.db.cart.upsert({
    where: { tenantId_tokenHash: { tenantId, tokenHash } },
    create: { tenantId, id: newId(), tokenHash, lines, updatedAt, expiresAt },
    update: { lines, updatedAt, expiresAt },
    select: { id: true },
  })
}

/** Forgets a browser's cart. */
export async function deleteCart({ db, tenantId }: TenantContext, tokenHash: string): Promise<void> {
  await db.cart.deleteMany({ where: { tenantId, tokenHash } })
}

/** Forgets carts nobody came back to. */
export async function deleteOldCarts({ db, tenantId, now }: TenantContext): Promise<void> {
  await db.cart.deleteMany({ where: { tenantId, expiresAt: { lte: now } } })
}
