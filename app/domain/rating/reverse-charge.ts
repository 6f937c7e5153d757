import type { RatedCharge } from './charge.ts'

/**
 * The charge that takes `charge` back, class Correction: together they are nothing, in every decimal. Its source key
 * names what it reverses, so the same charge is reversed once.
 */
export function reversalOfCharge(charge: RatedCharge): RatedCharge {
  return {
    ...charge,
    sourceKey: `reversal:${charge.sourceKey}`,
    class: 'Correction',
    quantity: charge.quantity.negated(),
    includedQuantity: charge.includedQuantity.negated(),
    billedQuantity: charge.billedQuantity.negated(),
    amount: charge.amount.negated(),
  }
}
