import type { Refusal } from '#app/domain/delivery/bounce.ts'
import type { DeliveryManner, DeliveryPreference, Recipient } from '#app/domain/delivery/recipients.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** `sending` waits to leave, `accepted` was taken by the transport, `bounced` came back, `withheld` never left: the address bounced before. */
export type DeliveryState = 'sending' | 'accepted' | 'bounced' | 'withheld'

export type NewDelivery = {
  readonly accountId: string
  readonly invoiceId: string
  readonly recipient: Recipient
  readonly preference: DeliveryPreference
  readonly messageKey: string
  /** Who asked for it by hand; null for the one that follows from finalising. */
  readonly requestedBy: string | null
}

/** Opens a delivery before anything leaves; the new row's id, or undefined when its key stands already. */
export async function openDelivery(ctx: TenantContext, delivery: NewDelivery): Promise<string | undefined> {
  const { accountId, invoiceId, recipient, preference, messageKey, requestedBy } = delivery
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into deliveries (tenant_id, id, account_id, invoice_id, channel, recipient, recipient_name, language, manner, has_xml, message_key,
      state, requested_by, created_at)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${accountId}::uuid, ${invoiceId}::uuid, 'mail', ${recipient.email}, ${recipient.name},
      ${recipient.language}, ${preference.manner}, ${preference.hasXml}, ${messageKey}, 'sending', ${requestedBy}, ${ctx.now})
    on conflict (tenant_id, message_key) do nothing returning id`
  return row?.id
}

export type DeliveryRow = {
  readonly id: string
  readonly accountId: string
  readonly invoiceId: string
  readonly recipient: string
  readonly recipientName: string | null
  readonly language: string | null
  readonly manner: DeliveryManner
  readonly hasXml: boolean
  readonly messageKey: string
  readonly state: DeliveryState
  readonly linkExpiresAt: Date | null
}

/** One delivery; undefined when the scope holds no such one. */
export async function readDelivery(ctx: TenantContext, id: string): Promise<DeliveryRow | undefined> {
  const [row] = await ctx.db.$queryRaw<DeliveryRow[]>`
    select id, account_id as "accountId", invoice_id as "invoiceId", recipient, recipient_name as "recipientName", language, manner,
      has_xml as "hasXml", message_key as "messageKey", state, link_expires_at as "linkExpiresAt"
    from deliveries where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
  return row
}

/** Whether a mail with this document is on its way to the address. */
export async function isOnItsWay(ctx: TenantContext, invoiceId: string, recipient: string): Promise<boolean> {
  const count = await ctx.db.delivery.count({ where: { tenantId: ctx.tenantId, invoiceId, recipient, state: 'sending' } })
  return count > 0
}

/** Gives the delivery its link, once: a repeat changes nothing. */
export async function openLink(ctx: TenantContext, id: string, link: { readonly hash: string; readonly expiresAt: Date }): Promise<void> {
  await ctx.db.delivery.updateMany({
    where: { tenantId: ctx.tenantId, id, linkHash: null },
    data: { linkHash: link.hash, linkExpiresAt: link.expiresAt },
  })
}

export type LinkedDocument = { readonly invoiceId: string; readonly hasXml: boolean; readonly expiresAt: Date }

/** What the link with this hash leads to, expired or not; undefined when the tenant sent no such link. */
export async function findLinkedDocument(ctx: TenantContext, linkHash: string): Promise<LinkedDocument | undefined> {
  const [row] = await ctx.db.$queryRaw<LinkedDocument[]>`
    select invoice_id as "invoiceId", has_xml as "hasXml", link_expires_at as "expiresAt" from deliveries
    where tenant_id = ${ctx.tenantId}::uuid and link_hash = ${linkHash}`
  return row
}

/** Notes that the document behind the link with this hash was fetched now. */
export async function noteLinkOpened(ctx: TenantContext, linkHash: string): Promise<void> {
  await ctx.db.$executeRaw`
    update deliveries set first_opened_at = coalesce(first_opened_at, ${ctx.now}), last_opened_at = ${ctx.now}, opened_count = opened_count + 1
    where tenant_id = ${ctx.tenantId}::uuid and link_hash = ${linkHash}`
}

/** Notes that the transport accepted the mail under `messageId`. Safe to repeat. */
export async function acceptDelivery(ctx: TenantContext, id: string, messageId: string): Promise<void> {
  await ctx.db.$executeRaw`
    update deliveries set state = 'accepted', message_id = ${messageId}, accepted_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state = 'sending'`
}

/** Notes that the mail came back, or was refused at the door. Safe to repeat: the first refusal stays. */
export async function bounceDelivery(ctx: TenantContext, id: string, refusal: Refusal): Promise<boolean> {
  const changed = await ctx.db.$executeRaw`
    update deliveries set state = 'bounced', status_code = ${refusal.statusCode}, reason = ${refusal.reason}, bounced_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state in ('sending', 'accepted')`
  return changed > 0
}

/** Keeps a waiting delivery back: its address bounced before. */
export async function withholdDelivery(ctx: TenantContext, id: string): Promise<void> {
  await ctx.db.delivery.updateMany({ where: { tenantId: ctx.tenantId, id, state: 'sending' }, data: { state: 'withheld' } })
}

/** Lets what was kept back for an address go, at most 200 documents; the ids. */
export async function releaseWithheld(
  ctx: TenantContext,
  { accountId, address }: { readonly accountId: string; readonly address: string },
): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    update deliveries d set state = 'sending' from (
      select id from deliveries
      where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid and recipient = ${address} and state = 'withheld'
      order by created_at, id limit 200) w
    where d.tenant_id = ${ctx.tenantId}::uuid and d.id = w.id returning d.id`
  return rows.map(({ id }) => id)
}

/** The delivery a returned mail belongs to: its message id and its recipient, both. */
export async function findByMessage(
  ctx: TenantContext,
  { messageId, address }: { readonly messageId: string; readonly address: string },
): Promise<{ readonly id: string; readonly accountId: string } | undefined> {
  const [row] = await ctx.db.$queryRaw<{ id: string; accountId: string }[]>`
    select id, account_id as "accountId" from deliveries
    where tenant_id = ${ctx.tenantId}::uuid and message_id = ${messageId} and recipient = ${address}
    order by created_at desc, id limit 1`
  return row
}
