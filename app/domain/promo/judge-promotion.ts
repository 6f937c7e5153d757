import { err, ok, type Result } from '../shared/result.ts'
import type { Promotion, PromotionState } from './promotion.ts'

/** Why a code gives nothing. Staff read it; a buyer reads one answer for all of them. */
export type PromotionRefusal =
  | 'unknown-code'
  | 'code-disabled'
  | 'not-active'
  | 'not-started'
  | 'ended'
  | 'campaign-closed'
  | 'used-up'
  | 'used-by-account'
  | 'budget-spent'
  | 'not-first-order'
  | 'not-a-new-customer'
  | 'other-channel'
  | 'other-product'
  | 'other-audience'
  | 'other-currency'
  | 'nothing-to-discount'

/** A code with its promotion, its campaign and the counters that limit them, as read at one instant. */
export type CodeFacts = {
  readonly promoCodeId: string
  readonly isCodeActive: boolean
  readonly codeRedeemed: number
  readonly codeLimit: number | null
  readonly promotion: Promotion
  readonly state: PromotionState
  readonly redeemed: number
  readonly limit: number | null
  readonly usedByAccount: number
  readonly accountLimit: number | null
  readonly campaign: CampaignFacts | null
}

export type CampaignFacts = {
  readonly id: string
  readonly state: 'draft' | 'scheduled' | 'running' | 'ended' | 'spent'
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly audience: CampaignAudience
}

/** Whom a campaign is for; an empty list stands for everybody. */
export type CampaignAudience = { readonly segments: readonly string[]; readonly countries: readonly string[] }

/** A code as it stands once `taken` are used too: what earlier pieces of one order take before anything of it is kept. */
export function withUses(facts: CodeFacts, taken: readonly CodeFacts[]): CodeFacts {
  const ofPromotion = taken.filter(({ promotion }) => promotion.id === facts.promotion.id)
  return {
    ...facts,
    codeRedeemed: facts.codeRedeemed + ofPromotion.filter(({ promoCodeId }) => promoCodeId === facts.promoCodeId).length,
    redeemed: facts.redeemed + ofPromotion.length,
    usedByAccount: facts.usedByAccount + ofPromotion.length,
  }
}

/** Who orders what. */
export type BuyerFacts = {
  readonly hasOrderedBefore: boolean
  readonly isNewCustomer: boolean
  readonly channelId: string | null
  readonly segment: string | null
  readonly country: string
  readonly productGroups: readonly (string | null)[]
}

/**
 * Whether a code may be used by a buyer at `now`, before any limit is taken: limits here only spare the buyer a useless try, the
 * database decides. `facts` null is an unknown code. The first reason in the fixed order of the rules is given.
 */
export function judgeCode(facts: CodeFacts | null, buyer: BuyerFacts, now: Date): Result<CodeFacts, PromotionRefusal> {
  if (!facts) return err('unknown-code')
  const refusal = rules.find(([, isBroken]) => isBroken(facts, buyer, now))
  return refusal ? err(refusal[0]) : ok(facts)
}

type Rule = readonly [PromotionRefusal, (facts: CodeFacts, buyer: BuyerFacts, now: Date) => boolean]

const rules: readonly Rule[] = [
  ['code-disabled', (facts) => !facts.isCodeActive],
  ['not-active', (facts) => facts.state === 'draft'],
  ['not-started', ({ promotion }, _, now) => now.getTime() < promotion.startsAt.getTime()],
  ['ended', ({ promotion, state }, _, now) => state === 'ended' || isOver(promotion.endsAt, now)],
  ['campaign-closed', ({ campaign }, _, now) => campaign !== null && campaign.state !== 'spent' && !isOpen(campaign, now)],
  ['budget-spent', ({ campaign }) => campaign?.state === 'spent'],
  ['used-up', ({ redeemed, limit }) => isReached(redeemed, limit)],
  ['used-up', ({ codeRedeemed, codeLimit }) => isReached(codeRedeemed, codeLimit)],
  ['used-by-account', ({ usedByAccount, accountLimit }) => isReached(usedByAccount, accountLimit)],
  ['not-first-order', ({ promotion }, buyer) => promotion.isFirstOrderOnly && buyer.hasOrderedBefore],
  ['not-a-new-customer', ({ promotion }, buyer) => promotion.isNewCustomersOnly && !buyer.isNewCustomer],
  ['other-channel', ({ promotion }, buyer) => isOutside(promotion.channelIds, buyer.channelId)],
  ['other-product', ({ promotion }, buyer) => buyer.productGroups.every((group) => isOutside(promotion.productGroups, group))],
  ['other-audience', ({ campaign }, buyer) => campaign !== null && isOutside(campaign.audience.segments, buyer.segment)],
  ['other-audience', ({ campaign }, buyer) => campaign !== null && isOutside(campaign.audience.countries, buyer.country)],
]

function isOpen(campaign: CampaignFacts, now: Date): boolean {
  const isStarted = campaign.startsAt.getTime() <= now.getTime()
  return (campaign.state === 'running' || campaign.state === 'scheduled') && isStarted && !isOver(campaign.endsAt, now)
}

function isOver(endsAt: Date | null, now: Date): boolean {
  return endsAt !== null && endsAt.getTime() <= now.getTime()
}

function isReached(count: number, limit: number | null): boolean {
  return limit !== null && count >= limit
}

function isOutside(wanted: readonly string[], found: string | null): boolean {
  return wanted.length > 0 && !wanted.includes(found ?? '')
}
