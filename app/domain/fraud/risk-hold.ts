/** What a risk is about. */
export const riskKinds = ['sign-up', 'order', 'payment'] as const
export type RiskKind = (typeof riskKinds)[number]

/** The key of the hold that a sign-up, an order or a payment puts on its account. */
export function holdKeyOf(kind: RiskKind, id: string): string {
  return `${kind}:${id}`
}

/** Reasons of such holds that the product knows; of staff, what they say themselves. */
export const holdReasons = { waits: 'sign-up-waits', refused: 'sign-up-refused', denied: 'payment-denied' } as const

/** How the person behind a held account reads it: whether it waits for its sign-up, or that was refused; null of any other hold. */
export function signUpStanding(holds: readonly { readonly source: string; readonly reason: string }[]): 'waiting' | 'refused' | null {
  const reasons = holds.filter(({ source }) => source === 'screening').map(({ reason }) => reason)
  if (reasons.includes(holdReasons.refused)) return 'refused'
  return reasons.includes(holdReasons.waits) ? 'waiting' : null
}
