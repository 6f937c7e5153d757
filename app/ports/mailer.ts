import type { Refusal } from '#app/domain/delivery/bounce.ts'

export type MailAddress = { readonly name?: string; readonly address: string }

export type MailAttachment = { readonly filename: string; readonly contentType: string; readonly content: Uint8Array }

/** The key of a domain that a mail is signed with (DKIM). */
export type MailSignature = { readonly domain: string; readonly selector: string; readonly privateKey: string }

/** One mail, complete. `key` names the delivery: the same key is the same mail, sent at most once by a mailer that can tell. */
export type Mail = {
  readonly key: string
  /** The slug of the seller it is from, whose domain it may be sent from and signed with; absent for mail of nobody in particular. */
  readonly seller?: string
  readonly signature?: MailSignature
  readonly from: MailAddress
  readonly to: readonly MailAddress[]
  readonly replyTo?: MailAddress
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly language: string
  readonly attachments: readonly MailAttachment[]
}

/** The other side will never take this mail at this address; trying again changes nothing. */
export class MailRefusedError extends Error {
  override name = 'MailRefusedError'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(`the mail was refused for good (${refusal.statusCode})`)
    this.refusal = refusal
  }
}

/**
 * Hands mail to the outside.
 * Throws when the transport does not answer or refuses for now: the calling job retries.
 * Throws MailRefusedError when the recipient was refused for good.
 * Header values with CR or LF are refused with an Error before anything leaves.
 */
export interface Mailer {
  /** Sends `mail`; resolves with the transport's message id once it was accepted. */
  send(mail: Mail): Promise<{ messageId: string }>
}
