import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { deliveryPorts } from '#app/jobs/delivery-ports.server.ts'
import type { FileStore } from '#app/ports/file-store.ts'
import { type Mail, type Mailer, MailRefusedError } from '#app/ports/mailer.ts'
import { openDeliveries } from '#app/services/invoices/deliver-open.server.ts'
import { recordSent, sendDelivery } from '#app/services/invoices/deliver-send.server.ts'
import { storeInvoicePdf } from '#app/services/invoices/deliver-store-document.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { closeAdapters, fileStoreAt } from '#app/wiring.server.ts'
import { asOffice } from './builders.ts'

/** A mail transport that keeps what it was given, one mail per key, can lose its answers and refuses some addresses for good. */
export function keepingMailer() {
  const mails = new Map<string, Mail>()
  const state = { handedOver: 0, losesAnswers: 0, refuses: new Map<string, string>() }
  const mailer: Mailer = {
    async send(mail) {
      const statusCode = state.refuses.get(mail.to[0]?.address ?? '')
      if (statusCode) throw new MailRefusedError({ statusCode, reason: 'no such user here' })
      state.handedOver += 1
      if (!mails.has(mail.key)) mails.set(mail.key, mail)
      if (state.losesAnswers > 0) {
        state.losesAnswers -= 1
        throw new Error('the answer was lost')
      }
      return { messageId: `<${[...mails.keys()].indexOf(mail.key) + 1}@ahorn.example>` }
    },
  }
  return { mails, mailer, state }
}

/** A folder for the files of a test file, gone at its end. */
export function scratchFiles(): { store(): FileStore } {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livery-files-'))
  })
  afterAll(async () => {
    await closeAdapters()
    await rm(folder, { recursive: true, force: true })
  })
  return { store: () => fileStoreAt(folder) }
}

export type Post = { readonly mailer: Mailer; readonly files: FileStore }

/** What delivering needs, with the transport and the store of a test. */
export function postProcess(tenantId: string, post: Post) {
  return processOf(tenantId, { ...deliveryPorts(tenantId), ...post })
}

/** Does what the jobs do with a finalised document: make its files, open its deliveries, send all that wait. */
export async function deliverDocument(tenantId: string, invoiceId: string, post: Post): Promise<void> {
  const process = postProcess(tenantId, post)
  await storeInvoicePdf(process, { invoiceId })
  await process.inTenant((ctx) => openDeliveries(ctx, { invoiceId }))
  await sendWaiting(tenantId, post)
}

/** Sends every delivery of the seller that waits. */
export async function sendWaiting(tenantId: string, post: Post): Promise<void> {
  const process = postProcess(tenantId, post)
  const waiting = await asOffice(tenantId, ({ db }) => db.delivery.findMany({ where: { state: 'sending' }, orderBy: { id: 'asc' } }))
  for (const { id } of waiting) await recordSent(process, { deliveryId: id }, await sendDelivery(process, { deliveryId: id }))
}

/** Address and state of every delivery of a document, oldest first. */
export async function statesOf(tenantId: string, invoiceId: string): Promise<string[]> {
  const rows = await asOffice(tenantId, ({ db }) =>
    db.delivery.findMany({ where: { invoiceId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }),
  )
  return rows.map(({ recipient, state }) => `${recipient} ${state}`)
}
