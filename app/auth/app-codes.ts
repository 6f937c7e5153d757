import { verifyHOTP } from '@oslojs/otp'

export const codeDigits = 6
export const codeSeconds = 30

/** How many half minutes a person's clock may be ahead or behind. */
const drift = 1n

export type CodeQuery = {
  readonly key: Uint8Array
  readonly code: string
  readonly now: Date
  /** The half minute of the last code that was taken. */
  readonly lastStep: bigint | null
}

/**
 * The half minute whose code this is, one before and one after `now` counted too; null for a wrong code and for one of a half minute that
 * was used or lies before one that was.
 */
export function stepOfCode({ key, code, now, lastStep }: CodeQuery): bigint | null {
  const typed = code.replace(/[\s-]/g, '')
  const present = BigInt(Math.floor(now.getTime() / (codeSeconds * 1000)))
  for (let step = present - drift; step <= present + drift; step += 1n) {
    const isFresh = lastStep === null || step > lastStep
    if (isFresh && verifyHOTP(key, step, codeDigits, typed)) return step
  }
  return null
}
