import { type Money, money } from '#app/domain/money/money.ts'

export type Share = { readonly invoiceId: string; readonly amount: Money; readonly rounding: Money }

/** What a match settles, as one hidden field carries it: what was shown is what is accepted. */
export function writeShares(shares: readonly Share[]): string {
  return shares.map(({ invoiceId, amount, rounding }) => `${invoiceId}:${amount.minor}:${rounding.minor}`).join(' ')
}

/** The shares of a hidden field; undefined when it is not one of ours. The rules of allocation look at them again. */
export function readShares(text: string, currency: string): Share[] | undefined {
  const parts = text.split(' ').filter((part) => part !== '')
  const shares = parts.flatMap((part) => {
    const [, invoiceId, minor, rounding] = /^([0-9a-f-]{36}):(\d{1,18}):(-?\d{1,3})$/.exec(part) ?? []
    if (!invoiceId || !minor || !rounding) return []
    return [{ invoiceId, amount: money(BigInt(minor), currency), rounding: money(BigInt(rounding), currency) }]
  })
  return shares.length === parts.length ? shares : undefined
}

/** Where the next page of the queue begins. */
export function queueCursor({ bookedOn, id }: { readonly bookedOn: string; readonly id: string }): string {
  return `${bookedOn}.${id}`
}

/** The place in the queue that an address names; null for none, or one that is not ours. */
export function readQueueCursor(text: string | null): { readonly bookedOn: string; readonly id: string } | null {
  const [, bookedOn, id] =
    /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text ?? '') ?? []
  return bookedOn && id && !Number.isNaN(Date.parse(bookedOn)) ? { bookedOn, id } : null
}
