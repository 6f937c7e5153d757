/** Tells the instant. The only source of "now" in the product: tests move it. */
export interface Clock {
  now(): Date
}
