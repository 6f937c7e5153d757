import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { openField, sealField } from '../sealing/sealed-fields.server.ts'

export type AddressChange = { readonly before: string; readonly after: string }

/** Keeps what an address was and became, sealed, apart from the audit trail; returns the id that the trail names it by. */
export async function keepAddressChange(
  ctx: TenantContext,
  { accountId, before, after }: AddressChange & { accountId: string },
): Promise<string> {
  const id = newId()
  const beforeText = sealField(ctx, 'address_changes.before_text', id, before)
  const afterText = sealField(ctx, 'address_changes.after_text', id, after)
  await ctx.db.addressChange.createMany({ data: [{ tenantId: ctx.tenantId, id, accountId, beforeText, afterText, createdAt: ctx.now }] })
  return id
}

/** Changes of addresses by their ids; what was erased is not among them. */
export async function addressChanges(ctx: TenantContext, ids: readonly string[]): Promise<ReadonlyMap<string, AddressChange>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.db.addressChange.findMany({
    where: { tenantId: ctx.tenantId, id: { in: [...ids] } },
    select: { id: true, beforeText: true, afterText: true },
    orderBy: { id: 'asc' },
    take: ids.length,
  })
  const opened = rows.map(({ id, beforeText, afterText }) => {
    const before = openField(ctx, 'address_changes.before_text', id, beforeText)
    return [id, { before, after: openField(ctx, 'address_changes.after_text', id, afterText) }] as const
  })
  return new Map(opened)
}

/** Forgets what the addresses of these accounts were. */
export async function forgetAddressChanges(ctx: TenantContext, accountIds: readonly string[]): Promise<void> {
  await ctx.db.addressChange.deleteMany({ where: { tenantId: ctx.tenantId, accountId: { in: [...accountIds] } } })
}
