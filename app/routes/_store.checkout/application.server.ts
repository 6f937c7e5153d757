import { type ChosenTier, type CompositionProblem, compose } from '#app/domain/apps/composition.ts'
import { designOfCode, isDesignWhole } from '#app/domain/apps/design.ts'
import { readDesignAsOffer } from '#app/reports/apps/designs.server.ts'
import { readAppOffer } from '#app/reports/apps/offers.server.ts'
import type { AppOffer } from '#app/reports/apps/shape.ts'
import { nextServer } from '#app/services/apps/next-server.server.ts'
import type { ApplicationWish } from '#app/services/orders/order-choice.ts'
import { designOfferFor } from '#app/web/desks/design-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { asVisitor } from '#app/web/request/as-visitor.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { viewerOf } from '#app/web/request/session.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { type Choice, choiceIn } from './choice.server.ts'

/** An application as an address asks for it, a choice for each tier. */
export type ApplicationChoice = {
  readonly offer: AppOffer
  readonly tiers: readonly (ChosenTier & { readonly choice: Choice })[]
  readonly name: string | undefined
  readonly problems: readonly CompositionProblem[]
}

/** What an address says of each tier. */
const tierField = /^(plan|count)-[a-z0-9-]{1,24}$/

/** Whether a part of an address is about a tier of an application. */
export function isTierField(name: string): boolean {
  return tierField.test(name)
}

/** The application that an address, or what stands for one, asks for; null for one that is not offered. */
export async function applicationIn(request: Request, code: string, search: URLSearchParams): Promise<ApplicationChoice | null> {
  const language = await languageOf(request, await tenantOf(request))
  const offer = await offerOf(request, code.slice(0, 60), language)
  if (!offer) return null
  const wanted = offer.tiers.map((tier) => {
    const [plan, count] = [search.get(`plan-${tier.code}`) ?? undefined, search.get(`count-${tier.code}`)?.trim()]
    return [tier.code, { plan, count }] as const
  })
  const { tiers, problems } = compose(offer.tiers, Object.fromEntries(wanted))
  const { name, ...common } = choiceIn(search)
  // One wish for all its tiers: by it they are one application.
  const application: ApplicationWish = { templateCode: offer.code, name: name ?? '' }
  const choices = tiers.map((chosen, place) => ({
    ...chosen,
    choice: {
      ...common,
      optionCodes: [],
      networkId: offer.network?.id,
      planCode: chosen.planCode,
      imageCode: chosen.tier.imageCode,
      quantity: chosen.count,
      name: `${name || code}-${chosen.tier.code}`,
      tier: chosen.tier.code,
      application,
      // A key that is to be kept is kept once.
      keepsKey: place === 0 && common.keepsKey,
    },
  }))
  return { offer, tiers: choices, name, problems }
}

/** What is offered by a code: a template of the seller's, or a design of the reader's own account while all of it is on offer. */
async function offerOf(request: Request, code: string, language: string): Promise<AppOffer | null> {
  const id = designOfCode(code)
  if (id === undefined) return asVisitor(request, (ctx) => readAppOffer(ctx, code, language))
  if (!(await viewerOf(request))?.hasPanel) return null
  const offer = await asCustomer(request, undefined, async (ctx, { accountId, can }) =>
    can('order:write') ? readDesignAsOffer(ctx, { id, accountId }, language) : null,
  )
  if (!offer) return null
  const design = { tiers: offer.tiers, networkId: offer.network?.id ?? null }
  return isDesignWhole(design, await designOfferFor(request)) ? offer : null
}

/** One more server of a tier, as the address asks for it; nothing of an application that is not the reader's. */
export async function moreServers(request: Request, applicationId: string): Promise<readonly Choice[]> {
  const search = new URL(request.url).searchParams
  if (!isUuid(applicationId) || !(await viewerOf(request))?.hasPanel) return []
  const asked = { applicationId, tier: search.get('tier') ?? '', planCode: search.get('plan') || undefined }
  const line = await asCustomer(request, 'order:write', (ctx) => nextServer(ctx, asked))
  const none = { sshKeyId: undefined, keepsKey: false, optionCodes: [], quantity: 1, application: { applicationId } }
  const left = {
    locationCode: undefined,
    imageCode: undefined,
    name: undefined,
    sshKey: undefined,
    projectId: undefined,
    networkId: undefined,
  }
  const given = line && { ...left, ...line }
  return given ? [{ ...given, ...none }] : []
}
