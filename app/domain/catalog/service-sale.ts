import { z } from 'zod'

/** What a service is counted in: hours of work, or pieces of anything else, such as licences. */
export const saleUnits = ['piece', 'hour'] as const
export type SaleUnit = (typeof saleUnits)[number]

/** The most units a seller may let one order have. */
export const mostUnitsOfAll = 1_000

/** How a service without a cloud behind it is ordered by itself. */
export type ServiceSale = {
  readonly unit: SaleUnit
  /** How many units one order may have; with 1 nobody is asked. */
  readonly most: number
  /** Months of a fixed term; null: it runs until somebody ends it. */
  readonly termMonths: number | null
  /** Whether it is over with its term instead of beginning another one. */
  readonly endsWithTerm: boolean
}

const SaleSpec = z.object({
  saleUnit: z.enum(saleUnits),
  mostUnits: z.number().int().min(1).max(mostUnitsOfAll).catch(1),
  termMonths: z.number().int().min(1).nullish().catch(null),
  atTermEnd: z.literal('ends').optional().catch(undefined),
})

/** How a product is ordered by itself as a service; null for one that only comes with something else, and for everything that is no service. */
export function saleOf({ kind, spec }: { readonly kind: string; readonly spec: unknown }): ServiceSale | null {
  const { data } = kind === 'service' ? SaleSpec.safeParse(spec) : { data: undefined }
  if (!data) return null
  const { saleUnit: unit, mostUnits: most, termMonths = null, atTermEnd } = data
  return { unit, most, termMonths, endsWithTerm: termMonths !== null && atTermEnd === 'ends' }
}

/**
 * Where the service months of a product begin that is ordered by itself: those of a service on the day it begins, so that its first fee is a
 * whole one and its term ends with a period. Null: as the contract says.
 */
export function anchorOfSale(sale: ServiceSale | null): 'anniversary' | null {
  return sale ? 'anniversary' : null
}

/** Whether an order of a product may have so many units; one where nothing is said. What is no service has no units. */
export function areUnitsOffered(sale: ServiceSale | null, units: number | undefined): boolean {
  if (units === undefined) return true
  return sale !== null && Number.isInteger(units) && units >= 1 && units <= sale.most
}

/** How many units are wanted as typed: one where nothing is; null for anything but a whole number that some seller may offer. */
export function typedUnits(text: string | null | undefined): number | null {
  const typed = text?.trim() ?? ''
  if (typed === '') return 1
  const units = /^\d{1,4}$/.test(typed) ? Number(typed) : 0
  return units >= 1 && units <= mostUnitsOfAll ? units : null
}

/** The longest note that a buyer may leave with a service. */
export const longestNote = 500
