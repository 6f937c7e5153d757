import { z } from 'zod'
import type { PromotionChoices } from '#app/reports/promotions/shape.ts'
import type { SavePromotionInput } from '#app/services/promotions/save-promotion.server.ts'
import { amountField, type FieldProblem, type PromotionValues, termsOf, tickedScopes, wordsOf } from './promotion-form.ts'

/** Starts a promotion or ends it. */
export const StateForm = z.object({ deed: z.literal('state'), state: z.enum(['active', 'ended']) })

type Read = { readonly ok: true; readonly input: Omit<SavePromotionInput, 'promotionId'> } | ({ readonly ok: false } & FieldProblem)

/** The typed fields as an input of the use case, or the first field that says nothing it can use. */
export function readPromotionForm(values: PromotionValues, choices: PromotionChoices): Read {
  const typed = values as unknown as Readonly<Record<string, string | undefined>>
  const amounts = new Map(choices.currencies.map((currency) => [currency, typed[amountField(currency)]]))
  const terms = termsOf(values, amounts)
  if (!terms.ok) return { ok: false, field: terms.error, code: terms.error === 'amount' ? 'amount-missing' : 'required' }
  const channels = wordsOf(values.channels).map((code) => choices.channels.find((channel) => channel.code === code)?.id)
  if (channels.includes(undefined)) return { ok: false, field: 'channels', code: 'unknown-channel' }
  return {
    ok: true,
    input: {
      name: values.name,
      code: values.code,
      publicCode: values.publicCode ?? null,
      terms: terms.value,
      scopes: tickedScopes(values),
      productGroups: wordsOf(values.productGroups),
      channelIds: channels.filter((id) => id !== undefined),
      isFirstOrderOnly: values.isFirstOrderOnly === 'on',
      isNewCustomersOnly: values.isNewCustomersOnly === 'on',
      campaignId: values.campaignId ?? null,
      startsOn: values.startsOn,
      endsOn: values.endsOn ?? null,
      maxRedemptions: values.maxRedemptions ?? null,
      maxPerAccount: values.maxPerAccount ?? null,
      priority: values.priority,
      stackGroup: values.stackGroup ?? null,
      isStackable: values.isStackable === 'on',
    },
  }
}
