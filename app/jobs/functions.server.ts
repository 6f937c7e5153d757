import type { InngestFunction } from 'inngest'

/** Every function of the product. A function that is not listed here never runs. */
export const functions: readonly InngestFunction.Any[] = []
