import { Decimal as DecimalJs } from 'decimal.js'

/**
 * The decimal of rates, quantities and running amounts: 60 significant digits, so that sums of
 * NUMERIC(38,12) values stay exact. Half away from zero is the one rounding of the product.
 */
export const Decimal = DecimalJs.clone({ precision: 60, rounding: DecimalJs.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 60 })
export type Decimal = DecimalJs
