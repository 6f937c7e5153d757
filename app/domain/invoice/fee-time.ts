/** When fees are invoiced: after their period, at its start, or at its start and the first ones with their order. */
export const feeTimes = ['in-arrears', 'in-advance', 'with-order'] as const
export type FeeTime = (typeof feeTimes)[number]
