import type { TenantContext } from '#app/db/context.server.ts'
import { findPdf, findXml } from '#app/db/documents/deliveries.server.ts'
import { listRecipients, readPreference } from '#app/db/documents/delivery-recipients.server.ts'
import { findLinkedDocument } from '#app/db/documents/mail-deliveries.server.ts'
import { inIndexOrder } from '#app/db/index-order.server.ts'
import { listBouncedInUse } from '#app/db/people/bounced-addresses.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'
import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { DeliveryList, DeliverySettings, DeliveryState, DeliveryView, LinkedDocumentView } from './shape.ts'

/** Which deliveries a list shows; null filters nothing. Days are of the seller's zone, both included. */
export type DeliveryFilter = {
  readonly state: DeliveryState | null
  /** Part of a number, an address or a buyer's name. */
  readonly text: string | null
  readonly from: Date | null
  readonly before: Date | null
}

type Page = { readonly invoiceId: string | null; readonly cursor: string | null; readonly limit: number }

const everything: DeliveryFilter = { state: null, text: null, from: null, before: null }

function readDeliveries(ctx: TenantContext, filter: DeliveryFilter, { invoiceId, cursor, limit }: Page): Promise<DeliveryView[]> {
  const after = readCursor(cursor)
  const pattern = filter.text && `%${filter.text.replaceAll(/[\\%_]/g, '\\$&')}%`
  return ctx.db.$queryRaw<DeliveryView[]>`
    select d.id, d.invoice_id as "invoiceId", i.document_type as "documentType", i.number, d.account_id as "accountId", a.name as "accountName",
      d.recipient, d.recipient_name as "recipientName", d.manner, d.state, d.message_id as "messageId", d.status_code as "statusCode", d.reason,
      d.requested_by is not null as "isAskedFor", d.created_at as "createdAt", coalesce(d.bounced_at, d.accepted_at, d.created_at) as at,
      d.opened_count as "openedCount", d.first_opened_at as "firstOpenedAt", d.last_opened_at as "lastOpenedAt"
    from deliveries d
    join invoices i on i.tenant_id = d.tenant_id and i.id = d.invoice_id
    join accounts a on a.tenant_id = d.tenant_id and a.id = d.account_id
    where d.tenant_id = ${ctx.tenantId}::uuid and (${invoiceId}::uuid is null or d.invoice_id = ${invoiceId}::uuid)
      and (${filter.state}::text is null or d.state = ${filter.state})
      and (${pattern}::text is null or i.number ilike ${pattern} or d.recipient ilike ${pattern} or a.name ilike ${pattern})
      and (${filter.from}::timestamptz is null or d.created_at >= ${filter.from}::timestamptz)
      and (${filter.before}::timestamptz is null or d.created_at < ${filter.before}::timestamptz)
      and (${after?.id ?? null}::uuid is null or (d.created_at, d.id) < (${after?.createdAt ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by d.created_at desc, d.id desc limit ${limit}`
}

/** Deliveries of the seller, newest first, `limit` at a time. A cursor that cannot be read starts at the newest. */
export async function listDeliveries(
  ctx: TenantContext,
  filter: DeliveryFilter,
  { cursor, limit }: { readonly cursor: string | null; readonly limit: number },
): Promise<DeliveryList> {
  const rows = await inIndexOrder(ctx, () => readDeliveries(ctx, filter, { invoiceId: null, cursor, limit: limit + 1 }))
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, nextCursor: rows.length > limit && last ? writeCursor(last) : null }
}

/** Every mail with a document, newest first, at most 100. */
export function deliveriesOf(ctx: TenantContext, invoiceId: string): Promise<DeliveryView[]> {
  return readDeliveries(ctx, everything, { invoiceId, cursor: null, limit: 100 })
}

/** Whom an account's documents go to, and which of its addresses refuse mail; undefined when the scope holds no such account. */
export async function readDeliverySettings(ctx: TenantContext, accountId: string): Promise<DeliverySettings | undefined> {
  const account = await ctx.db.account.findFirst({
    where: { tenantId: ctx.tenantId, id: accountId },
    select: { id: true, name: true, email: true },
  })
  if (!account) return undefined
  return {
    account,
    preference: await readPreference(ctx, accountId),
    recipients: await listRecipients(ctx, accountId),
    bounced: await listBouncedInUse(ctx, accountId),
  }
}

/** How many addresses that documents would go to refuse mail, at most 100. */
export async function countBounced(ctx: TenantContext): Promise<number> {
  return (await listBouncedInUse(ctx, null)).length
}

/** What a mailed link of this seller leads to; undefined for a secret that was never sent. */
export async function readLinkedDocument(ctx: TenantContext, token: string): Promise<LinkedDocumentView | undefined> {
  const linked = await findLinkedDocument(ctx, hashOfToken(token))
  if (!linked) return undefined
  const [invoice] = await ctx.db.$queryRaw<{ documentType: DocumentType; number: string }[]>`
    select document_type as "documentType", number from invoices
    where tenant_id = ${ctx.tenantId}::uuid and id = ${linked.invoiceId}::uuid`
  const pdf = await findPdf(ctx, linked.invoiceId)
  if (!invoice || !pdf) return undefined
  const xml = linked.hasXml ? await findXml(ctx, linked.invoiceId) : undefined
  return { ...invoice, isExpired: linked.expiresAt <= ctx.now, pdf: pdf.fileKey, xml: xml?.fileKey ?? null }
}
