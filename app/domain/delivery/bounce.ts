/** What a mail server said when it refused: an enhanced status such as `5.1.1`, or the bare reply code such as `550`. */
export type Refusal = { readonly statusCode: string; readonly reason: string }

/** Kept of what a server said; the rest is of no use to anybody. */
const longestReason = 300

/** A refusal as it is kept: one line of bounded length. */
export function refusalOf(statusCode: string, reason: string): Refusal {
  return { statusCode, reason: reason.replaceAll(/\s+/g, ' ').trim().slice(0, longestReason) }
}

/**
 * Whether a refusal is about the address itself, so that it must not be mailed again: there is no such mailbox or domain (RFC 3463
 * class 5, subject 1), or it is closed (5.2.1). A full mailbox, a rule against the sender and a message too large are final for this
 * mail alone. Servers without enhanced codes say 550, 551 or 553.
 */
export function isDeadAddress({ statusCode }: Refusal): boolean {
  return /^5\.1\.\d{1,3}$/.test(statusCode) || statusCode === '5.2.1' || ['550', '551', '553'].includes(statusCode)
}
