import type { MailSigns } from '#app/domain/tickets/mailed.ts'

/** A mail that somebody sent to a seller. */
export type ReceivedMail = MailSigns & {
  /** As its sender named it; the same mail that comes twice has the same. */
  readonly messageId: string
  /** To whom it was sent, copies included. */
  readonly to: readonly string[]
  readonly subject: string
  /** Plain text; of a mail that has none, the words of its HTML. */
  readonly text: string
  readonly files: readonly { readonly name: string; readonly content: Uint8Array }[]
}

/** Reads a mail as mail systems hand it in. Null for what is none, or names no sender and no id. */
export interface MailReader {
  read(message: Uint8Array): Promise<ReceivedMail | null>
}
