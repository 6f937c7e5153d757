import type { TenantContext } from '#app/db/context.server.ts'
import { findPdf, findXml } from '#app/db/documents/deliveries.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import {
  acceptDelivery,
  bounceDelivery,
  type DeliveryRow,
  openLink,
  readDelivery,
  withholdDelivery,
} from '#app/db/documents/mail-deliveries.server.ts'
import { hasBounced, markBounced } from '#app/db/people/bounced-addresses.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'
import { isDeadAddress, type Refusal } from '#app/domain/delivery/bounce.ts'
import { linkDays } from '#app/domain/delivery/recipients.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { FileStore } from '#app/ports/file-store.ts'
import type { InvoiceComposer, MailReader } from '#app/ports/invoice-composer.ts'
import { type Mail, type MailAttachment, type Mailer, MailRefusedError } from '#app/ports/mailer.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

export type SendingPorts = {
  readonly composer: InvoiceComposer
  readonly files: FileStore
  readonly mailer: Mailer
  /** The secret in the link of a delivery: nobody can guess it, and the same delivery has the same one at each try. */
  linkToken(deliveryId: string): string
}

export type DeliveryInput = { readonly deliveryId: string }

/** `nothing-to-do`: it left before, came back, was kept back now, or is not there. */
export type SentDelivery =
  | { readonly state: 'accepted'; readonly messageId: string }
  | { readonly state: 'refused'; readonly refusal: Refusal }
  | { readonly state: 'nothing-to-do' }

type Parcel = {
  readonly delivery: DeliveryRow
  readonly invoice: FinalisedInvoice
  readonly pdf: { readonly fileKey: string }
  readonly xml: { readonly fileKey: string } | undefined
  readonly link: MailReader['link']
}

/**
 * Hands one opened delivery to the mail transport, under the delivery's key; no transaction is open meanwhile. An address that bounced
 * before is not mailed: the delivery is kept back. Throws when the transport does not answer or a file is missing: the job retries.
 */
export async function sendDelivery(process: TenantProcess<SendingPorts>, { deliveryId }: DeliveryInput): Promise<SentDelivery> {
  const parcel = await process.inTenant((ctx) => pack(ctx, deliveryId, process.ports))
  if (!parcel) return { state: 'nothing-to-do' }
  const mail = await mailOf(parcel, process.ports)
  try {
    const { messageId } = await process.ports.mailer.send(mail)
    return { state: 'accepted', messageId }
  } catch (failure) {
    if (failure instanceof MailRefusedError) return { state: 'refused', refusal: failure.refusal }
    throw failure
  }
}

/** Notes what became of it: taken by the transport, or refused at the door, which is a bounce at once. Safe to repeat. */
export async function recordSent(process: TenantProcess<unknown>, { deliveryId }: DeliveryInput, sent: SentDelivery): Promise<void> {
  if (sent.state === 'nothing-to-do') return
  await process.inTenant(async (ctx) => {
    if (sent.state === 'accepted') return acceptDelivery(ctx, deliveryId, sent.messageId)
    const delivery = await readDelivery(ctx, deliveryId)
    if (!delivery || !(await bounceDelivery(ctx, deliveryId, sent.refusal))) return
    const address = { accountId: delivery.accountId, address: delivery.recipient }
    if (isDeadAddress(sent.refusal)) await markBounced(ctx, address, sent.refusal)
  })
}

async function pack(ctx: TenantContext, deliveryId: string, ports: SendingPorts): Promise<Parcel | undefined> {
  const delivery = await readDelivery(ctx, deliveryId)
  if (delivery?.state !== 'sending') return undefined
  if (await hasBounced(ctx, { accountId: delivery.accountId, address: delivery.recipient })) {
    await withholdDelivery(ctx, deliveryId)
    return undefined
  }
  const { invoiceId } = delivery
  const stored = await readFinalisedInvoice(ctx, invoiceId)
  const pdf = await findPdf(ctx, invoiceId)
  invariant(stored && pdf, `sendDelivery: invoice ${invoiceId} has no PDF yet`)
  const xml = delivery.hasXml ? await findXml(ctx, invoiceId) : undefined
  const link = delivery.manner === 'linked' ? await linkOf(ctx, delivery, ports.linkToken(deliveryId)) : null
  return { delivery, invoice: stored.invoice, pdf, xml, link }
}

async function linkOf(ctx: TenantContext, delivery: DeliveryRow, token: string): Promise<MailReader['link']> {
  const expiresAt = delivery.linkExpiresAt ?? new Date(ctx.now.getTime() + linkDays * 86_400_000)
  await openLink(ctx, delivery.id, { hash: hashOfToken(token), expiresAt })
  return { token, expiresAt }
}

async function mailOf({ delivery, invoice, pdf, xml, link }: Parcel, ports: SendingPorts): Promise<Mail> {
  const name = delivery.recipientName ?? invoice.buyer.name
  const { language, ...mail } = await ports.composer.mail(invoice, { name, language: delivery.language, link })
  const attachments: MailAttachment[] = []
  if (!link) {
    attachments.push({ filename: `${invoice.number}.pdf`, contentType: 'application/pdf', content: await stored(ports.files, pdf.fileKey) })
    if (xml)
      attachments.push({
        filename: `${invoice.number}.xml`,
        contentType: 'application/xml',
        content: await stored(ports.files, xml.fileKey),
      })
  }
  return { ...mail, key: delivery.messageKey, to: [{ name, address: delivery.recipient }], language, attachments }
}

async function stored(files: FileStore, fileKey: string): Promise<Uint8Array> {
  const content = await files.get(fileKey)
  invariant(content, `sendDelivery: ${fileKey} is not in the store`)
  return content
}
