import { z } from 'zod'

/** What a plan is made of, as its tenant keeps it. Traffic in GB of 10^9 bytes, sizes in MiB and GiB. */
export const ProductSpec = z.object({
  cpuNumber: z.number().int().positive(),
  memoryMib: z.number().int().positive(),
  diskGib: z.number().int().positive(),
  trafficGb: z.number().nonnegative().nullable().default(null),
  family: z.string().nullable().default(null),
  proration: z.enum(['none', 'day', 'second']).default('second'),
  locations: z.array(z.object({ code: z.string(), city: z.string(), country: z.string().length(2) })).default([]),
  images: z
    .array(
      z.object({
        code: z.string(),
        name: z.string(),
        family: z.enum(['linux', 'windows', 'app']),
        /** Of TCP, at which the app of the image answers once it is ready. */
        port: z.number().int().optional(),
      }),
    )
    .default([]),
})
export type ProductSpec = z.infer<typeof ProductSpec>
