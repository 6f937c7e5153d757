/**
 * Where a refund at a gateway stands: `waiting` for a second person, `created` and to be sent, `unknown` when nobody answered, `pending` at
 * the bank. `refused` was never sent; `done` may still come back from the bank as `failed`.
 */
export const refundStates = ['waiting', 'refused', 'created', 'unknown', 'pending', 'done', 'failed'] as const
export type RefundState = (typeof refundStates)[number]

/** What a gateway says of a refund. */
export type SeenRefundState = 'pending' | 'done' | 'failed'

/** Whether money of a refund in `state` left the books: from when it is let go until it failed. */
export function isBooked(state: RefundState): boolean {
  return state !== 'waiting' && state !== 'refused' && state !== 'failed'
}

/** Whether the gateway is to be asked what became of a refund in `state`. */
export function isUnderWay(state: RefundState): boolean {
  return state === 'created' || state === 'unknown' || state === 'pending'
}

/** Where a refund stands after it was seen in `seen`: the further one. Seen in whatever order and however often, it ends in the same state. */
export function refundAfter(state: RefundState, seen: SeenRefundState): RefundState {
  if (!isBooked(state)) return state
  return refundStates.indexOf(seen) > refundStates.indexOf(state) ? seen : state
}
