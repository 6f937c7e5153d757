import { z } from 'zod'

/** How a bank writes days in its lists. */
export const csvDayForms = ['YYYY-MM-DD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY'] as const

/** Which column of a bank's list means what, by the names in its head. Without a column of that kind a field is empty. */
export const CsvMapping = z.strictObject({
  day: z.string().min(1).max(80),
  dayForm: z.enum(csvDayForms),
  amount: z.string().min(1).max(80),
  decimal: z.enum([',', '.']),
  text: z.string().min(1).max(80),
  name: z.string().max(80),
  iban: z.string().max(80),
  reference: z.string().max(80),
  bankReference: z.string().max(80),
})
export type CsvMapping = z.output<typeof CsvMapping>
