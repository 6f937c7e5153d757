import { z } from 'zod'
import { markupMethods } from '#app/domain/pricing/markup/markup-rule.ts'
import { markupRoundings } from '#app/domain/pricing/markup/round-up.ts'
import { uuid } from '#app/web/request/form-fields.ts'

const decimal = z
  .string()
  .trim()
  .regex(/^\d{1,14}(\.\d{1,12})?$/, 'invalid')
const text = z.string().trim().max(200, 'too-long').optional()
/** When new prices begin, why they may be a loss, and whether they are only looked at. */
const setting = { from: z.iso.date('required'), reason: text, intent: z.enum(['preview', 'set'], 'invalid') }

/** The deeds of the margin grid, each a form of its own. Changed prices come as fields beside these. */
export const marginForms = {
  prices: z.object(setting),
  apply: z.object({ applyFrom: setting.from, applyReason: text, intent: setting.intent }),
  file: z.object({ fileFrom: setting.from, fileReason: text, intent: setting.intent }),
  rule: z.object({
    scope: z.string().max(80).default(''),
    feeKind: z.enum(['setup', 'recurring', 'renewal', 'cancellation', 'usage'], 'invalid').optional(),
    method: z.enum(markupMethods, 'invalid'),
    value: decimal,
    rounding: z.enum(markupRoundings, 'invalid'),
    floor: decimal.optional(),
    exchangeRate: decimal.optional(),
    exchangeSource: text,
    exchangeDate: z.iso.date('invalid').optional(),
  }),
  'remove-rule': z.object({ markupRuleId: uuid }),
} as const
export type MarginDeed = keyof typeof marginForms

/** The deed an address asks for. */
export function marginDeedOf(request: Request): MarginDeed | undefined {
  const deed = new URL(request.url).searchParams.get('deed') ?? ''
  return Object.hasOwn(marginForms, deed) ? (deed as MarginDeed) : undefined
}
