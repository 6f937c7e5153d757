import type { FeeKind } from '../price-rule.ts'

/** Every kind of fee, in the order a list of prices has them. */
export const feeKinds = ['setup', 'recurring', 'renewal', 'cancellation', 'usage'] as const satisfies readonly FeeKind[]
