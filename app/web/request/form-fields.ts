import { z } from 'zod'

// What forms are made of. Messages are codes; `field.<code>` in the common texts says them in words.

const breaksLine = (text: string) => text.includes('\r') || text.includes('\n') || text.includes('\0')

/** One line of text a person must give. */
export const line = (longest: number) =>
  z
    .string('required')
    .trim()
    .min(1, 'required')
    .max(longest, 'too-long')
    .refine((text) => !breaksLine(text), 'invalid')

/** Several lines of text a person must give. */
export const words = (longest: number) =>
  z
    .string('required')
    .trim()
    .min(1, 'required')
    .max(longest, 'too-long')
    .refine((text) => !text.includes('\0'), 'invalid')

/** A local time such as `2026-06-10T08:00`, as browsers send it. */
export const localTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'invalid')
  .refine((typed) => !Number.isNaN(Date.parse(`${typed}Z`)), 'invalid')

/** An e-mail address. */
export const email = z.string('required').trim().max(254, 'too-long').pipe(z.email('email'))

/** A password as typed: nothing is trimmed, the rules for new ones are elsewhere. */
export const password = z.string('required').min(1, 'required').max(1_000, 'password-too-long')

/** The identifier of one of our rows. */
export const uuid = z.uuid('invalid').toLowerCase()

/** Whether a part of an address is an identifier of ours at all; saves a query for the rest. */
export function isUuid(text: string | undefined): text is string {
  return uuid.safeParse(text).success
}
