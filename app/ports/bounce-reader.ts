import type { Refusal } from '#app/domain/delivery/bounce.ts'

/** A mail that was accepted first and came back later. */
export type ReturnedMail = {
  /** As the transport gave it when the mail was accepted. */
  readonly messageId: string
  readonly address: string
  readonly refusal: Refusal
}

/**
 * Reads what a mail system sends about mail that came back. Delays and successes are no bounces: nothing is returned for them, nor for
 * anything it does not understand.
 */
export interface BounceReader {
  read(message: Uint8Array): Promise<readonly ReturnedMail[]>
}
