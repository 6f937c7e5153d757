import { localDateOf } from '#app/domain/time/local-date.ts'
import { readSubscriptionDetail } from '#app/reports/subscriptions/detail.server.ts'
import { previewSubscriptionChange } from '#app/services/subscriptions/preview-change.server.ts'
import { shownPreview } from '#app/web/branding/shown-preview.ts'
import type { ChosenChange } from '#app/web/desks/subscription-form.ts'
import type { StaffContext } from '#app/web/request/as-staff.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export type PageQuestion = {
  readonly subscriptionId: string
  readonly language: string
  /** The seller's. */
  readonly zone: string
  readonly chosenBy: 'buyer' | 'seller'
  readonly canWrite: boolean
  /** What is to be previewed. */
  readonly chosen: ChosenChange | undefined
}

/** The page of one subscription, as office and panel show it. @throws 404 when the seller has none such. */
export async function readSubscriptionPage(ctx: StaffContext, question: PageQuestion) {
  const { subscriptionId, language, zone, chosenBy, canWrite, chosen } = question
  const { detail, choices } = orNotFound(await readSubscriptionDetail(ctx, { subscriptionId, language, chosenBy }))
  const mayWrite = canWrite && detail.state !== 'ended' && (chosenBy === 'seller' || !detail.follows)
  const preview = chosen && mayWrite ? await previewSubscriptionChange(ctx, { subscriptionId, ...chosen, chosenBy }) : null
  const known = { parts: detail.parts, choices: [...choices.plans, ...choices.addOns] }
  return {
    detail,
    choices,
    mayWrite,
    preview: preview?.ok ? shownPreview(preview.value, known) : null,
    refusal: preview && !preview.ok ? preview.error : null,
    firstDay: localDateOf(ctx.now, zone),
  }
}
