import type { DeliveryManner, DeliveryPreference, Recipient, RecipientDocument } from '#app/domain/delivery/recipients.ts'
import { usualPreference } from '#app/domain/delivery/recipients.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

export type RecipientRow = Recipient & { readonly id: string; readonly documents: readonly RecipientDocument[] }

/** The recipients of an account, oldest first; none when its documents go to its own address. */
export async function listRecipients(ctx: TenantContext, accountId: string): Promise<RecipientRow[]> {
  const rows = await ctx.db.deliveryRecipient.findMany({
    where: { tenantId: ctx.tenantId, accountId },
    select: { id: true, name: true, email: true, language: true, documents: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: 100,
  })
  return rows.map((row) => ({ ...row, documents: row.documents as RecipientDocument[] }))
}

export type NewRecipient = Omit<RecipientRow, 'id'> & { readonly accountId: string }

/** Adds a recipient, or changes what the one with that address is sent. */
export async function saveRecipient(ctx: TenantContext, { accountId, documents, ...recipient }: NewRecipient): Promise<void> {
  const facts = { name: recipient.name, language: recipient.language, documents: [...documents] }
  const place = { tenantId: ctx.tenantId, accountId, email: recipient.email }
  await ctx.db.deliveryRecipient.upsert({
    where: { tenantId_accountId_email: place },
    create: { ...place, ...facts, id: newId(), createdAt: ctx.now },
    update: facts,
  })
}

/** Takes a recipient off the list; its address, or undefined when the account has no such one. */
export async function deleteRecipient(
  ctx: TenantContext,
  { accountId, recipientId }: { readonly accountId: string; readonly recipientId: string },
): Promise<string | undefined> {
  const [row] = await ctx.db.$queryRaw<{ email: string }[]>`
    delete from delivery_recipients
    where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid and id = ${recipientId}::uuid returning email`
  return row?.email
}

/** How an account wants its documents. */
export async function readPreference(ctx: TenantContext, accountId: string): Promise<DeliveryPreference> {
  const row = await ctx.db.deliveryPreference.findFirst({
    where: { tenantId: ctx.tenantId, accountId },
    select: { manner: true, hasXml: true, byProject: true },
  })
  return row ? { manner: row.manner as DeliveryManner, hasXml: row.hasXml, byProject: row.byProject } : usualPreference
}

/** Notes how an account wants its documents from now on. */
export async function savePreference(
  ctx: TenantContext,
  accountId: string,
  { manner, hasXml, byProject }: DeliveryPreference,
): Promise<void> {
  const place = { tenantId: ctx.tenantId, accountId }
  const facts = { manner, hasXml, byProject, changedAt: ctx.now }
  await ctx.db.deliveryPreference.upsert({ where: { tenantId_accountId: place }, create: { ...place, ...facts }, update: facts })
}
