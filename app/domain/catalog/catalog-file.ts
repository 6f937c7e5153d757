import { z } from 'zod'
import { Decimal } from '../money/decimal.ts'
import { meters } from '../usage/meters.ts'
import { mostUnitsOfAll, saleUnits } from './service-sale.ts'

const price = z
  .string()
  .regex(/^\d{1,14}(\.\d{1,12})?$/, 'must be a decimal number')
  .transform((text) => new Decimal(text))
const code = z.string().regex(/^[a-z0-9-]+$/)
/** Of TCP: where the app of an image, or one that is installed beside, answers once it is ready. */
const port = z.number().int().min(1).max(65_535)
const names = z.record(z.string().min(2), z.string().min(1))

/** A seller's catalog as a file: plans, apps and services with their prices, and the rate card of metered use. Prices before tax, in `currency`. */
export const CatalogFile = z.strictObject({
  currency: z.string().length(3),
  locations: z.array(z.strictObject({ code: z.string(), city: z.string(), country: z.string().length(2) })),
  images: z.array(
    z.strictObject({ code: z.string(), name: z.string(), family: z.enum(['linux', 'windows', 'app']), port: port.optional() }),
  ),
  families: z.record(z.string(), names),
  plans: z.array(
    z.strictObject({
      code,
      name: names,
      family: z.string(),
      cpuNumber: z.number().int().positive(),
      memoryMib: z.number().int().positive(),
      diskGib: z.number().int().positive(),
      setup: price.optional(),
      month: price.optional(),
      hour: z.strictObject({ price, cap: price }).optional(),
      traffic: z.strictObject({ includedGb: price, pricePerGb: price }).optional(),
      proration: z.enum(['none', 'day', 'second']),
      /** Codes of apps: those that come with the plan for nothing, and those that can be taken beside it. */
      apps: z.strictObject({ free: z.array(code), optional: z.array(code) }).optional(),
    }),
  ),
  /** Software installed with a server, by the month; a price of zero stands on the invoice as such. */
  apps: z.array(z.strictObject({ code, name: names, month: price, port: port.optional() })).default([]),
  /** Sold by themselves, without a server: work, licences. Each unit is paid once, every month, or both. */
  services: z
    .array(
      z.strictObject({
        code,
        name: names,
        description: names.default({}),
        unit: z.enum(saleUnits),
        most: z.number().int().min(1).max(mostUnitsOfAll).default(1),
        termMonths: z.number().int().positive().optional(),
        once: price.optional(),
        month: price.optional(),
      }),
    )
    .default([]),
  rates: z.array(
    z.strictObject({
      meter: z.string().refine((code) => Object.hasOwn(meters, code), 'is not a meter'),
      unit: z.string(),
      price,
      included: price.optional(),
      match: z.record(z.string(), z.string()).optional(),
    }),
  ),
})
export type CatalogFile = z.infer<typeof CatalogFile>
export type CatalogPlan = CatalogFile['plans'][number]
