import { randomUUID } from 'node:crypto'
import { link, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Clock } from '#app/ports/clock.ts'
import type { Mailer } from '#app/ports/mailer.ts'
import { assertSendable, deliveryNameOf, messageIdOf } from './mail-guard.ts'
import { mimeMessage } from './mime-message.ts'

export type OutboxOptions = { readonly directory: string; readonly clock: Clock }

/**
 * Keeps each mail as a MIME file instead of sending it: the demo, development and tests read them there.
 * A key seen before keeps its first file, also across processes.
 */
export function createOutboxMailer({ directory, clock }: OutboxOptions): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    async send(mail) {
      assertSendable(mail)
      const { message } = await transport.sendMail(mimeMessage(mail, clock.now()))
      if (!Buffer.isBuffer(message)) throw new Error('outbox: nodemailer returned no buffer')
      await writeOnce(directory, `${deliveryNameOf(mail)}.eml`, message)
      return { messageId: messageIdOf(mail) }
    },
  }
}

/** A hard link appears whole or not at all, and only for the first writer of the name. */
async function writeOnce(directory: string, name: string, content: Buffer): Promise<void> {
  await mkdir(directory, { recursive: true })
  const unfinished = join(directory, `.${randomUUID()}`)
  await writeFile(unfinished, content)
  try {
    await link(unfinished, join(directory, name))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(unfinished)
  }
}
