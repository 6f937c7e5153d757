/** One signal that applied, and what it counted. */
export type Signal<Reason extends string> = { readonly reason: Reason; readonly points: number }

/** What is shown of a score at most. */
export const highestRisk = 100

/**
 * The sum of the points of every signal of `applies` that holds for `facts`, and which they were, in the order of `applies`. A signal of
 * weight nothing is switched off.
 */
export function weigh<Reason extends string, Facts>(
  facts: Facts,
  weights: Readonly<Record<Reason, number>>,
  applies: Readonly<Record<Reason, (facts: Facts) => boolean>>,
): { score: number; signals: Signal<Reason>[] } {
  const signals = (Object.keys(applies) as Reason[])
    .filter((reason) => weights[reason] > 0 && applies[reason](facts))
    .map((reason) => ({ reason, points: weights[reason] }))
  return { score: signals.reduce((sum, { points }) => sum + points, 0), signals }
}

/** The risk of a sign-up, an order or a payment from 0 to 100: the sum of its points, cut off at 100. */
export function riskOf(points: number): number {
  return Math.min(highestRisk, Math.max(0, points))
}

/** How loud a risk is shown: from the seller's `reviewScore` on as a warning, from 100 on as critical. */
export function riskLevel(points: number, reviewScore: number): 'low' | 'raised' | 'high' {
  return points >= highestRisk ? 'high' : points >= reviewScore ? 'raised' : 'low'
}
