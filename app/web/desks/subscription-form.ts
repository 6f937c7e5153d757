import { z } from 'zod'
import { SubscriptionChange } from '#app/domain/subscription/subscription-change.ts'
import { uuid } from '../request/form-fields.ts'

export const changeTimes = ['now', 'period-end', 'date'] as const

/** What is chosen of a change: `change` is a deed, or a deed and what it is about as in `plan:<id>`. */
export const ChangeForm = z.object({
  change: z.string('required').max(60, 'invalid'),
  quantity: z
    .string()
    .trim()
    .regex(/^\d{1,6}$/, 'invalid')
    .optional(),
  when: z.enum(changeTimes, 'invalid').default('now'),
  date: z.iso.date('invalid').optional(),
})
type ChangeForm = z.infer<typeof ChangeForm>

export const subscriptionDeeds = [
  'request',
  'propose',
  'accept',
  'undo',
  'renewal-on',
  'renewal-off',
  'trial-convert',
  'trial-stop',
] as const

/** A deed on a subscription: the change it asks for, or the one it decides. */
export const DeedForm = ChangeForm.partial().extend({ deed: z.enum(subscriptionDeeds, 'invalid'), changeId: uuid.optional() })
export type DeedForm = z.infer<typeof DeedForm>

export type ChosenChange = { readonly change: SubscriptionChange; readonly when: 'now' | 'period-end' | { readonly date: string } }

/** The change that a form asks for; undefined when it makes no sense. */
export function chosenChange({ change, quantity, when = 'now', date }: Partial<ChangeForm>): ChosenChange | undefined {
  const [kind, id] = (change ?? '').split(':')
  const named = kind === 'prices' ? { priceVersionId: id ?? null } : { ...(id ? { productId: id } : {}), ...(quantity ? { quantity } : {}) }
  const parsed = SubscriptionChange.safeParse({ kind, ...named })
  if (!parsed.success || (when === 'date' && !date)) return undefined
  return { change: parsed.data, when: when === 'date' ? { date: date ?? '' } : when }
}

/** The change that stands in the address of a page, for its preview. */
export function changeInAddress(search: URLSearchParams): {
  readonly typed: Partial<ChangeForm>
  readonly chosen: ChosenChange | undefined
} {
  const typed = Object.fromEntries([...search].filter(([name, value]) => name in ChangeForm.shape && value !== ''))
  const parsed = ChangeForm.safeParse(typed)
  return parsed.success ? { typed: parsed.data, chosen: chosenChange(parsed.data) } : { typed, chosen: undefined }
}
