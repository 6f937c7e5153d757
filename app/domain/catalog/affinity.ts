/** What a channel says about itself. An empty list of countries means all of them, as no segment means every segment. */
export type ChannelFacts = {
  readonly id: string
  readonly catalogId: string
  readonly segment: string | null
  readonly countries: readonly string[]
  readonly isDefault: boolean
}

/** A rule that gives buyers a catalog; what is null is not asked for. */
export type AffinityFacts = {
  readonly id: string
  readonly catalogId: string
  readonly partnerLevelId: string | null
  readonly segment: string | null
  readonly country: string | null
  readonly priority: number
}

/** What is known of a buyer; of a visitor nothing. */
export type BuyerFacts = {
  readonly channelId: string | null
  readonly partnerLevelId: string | null
  readonly segment: string | null
  readonly country: string | null
}

export const visitor: BuyerFacts = { channelId: null, partnerLevelId: null, segment: null, country: null }

export type AffinityCriterion = 'partner-level' | 'segment' | 'country'

/** Which rule gave the catalog. */
export type CatalogReason =
  | { readonly kind: 'account-channel'; readonly channelId: string }
  | { readonly kind: 'affinity'; readonly affinityId: string; readonly matched: readonly AffinityCriterion[] }
  | { readonly kind: 'channel'; readonly channelId: string; readonly matched: readonly AffinityCriterion[] }
  | { readonly kind: 'default-channel'; readonly channelId: string }
  | { readonly kind: 'reference' }

export type CatalogChoice = { readonly catalogId: string; readonly reason: CatalogReason }

export type CatalogQuestion = {
  readonly buyer: BuyerFacts
  /** Channels in use, in a fixed order. */
  readonly channels: readonly ChannelFacts[]
  readonly affinities: readonly AffinityFacts[]
  /** The catalog of whoever nothing else is said about. */
  readonly referenceCatalogId: string
}

/**
 * The catalog a buyer sees, and why: the one of the channel its account is put in; else that of the rule with the highest
 * priority that fits, between equals the one that asks for more, then the lower id; else that of the channel that names its
 * segment or country; else the default channel's; else the reference catalog.
 */
export function chooseCatalog({ buyer, channels, affinities, referenceCatalogId }: CatalogQuestion): CatalogChoice {
  const own = channels.find((channel) => channel.id === buyer.channelId)
  if (own) return { catalogId: own.catalogId, reason: { kind: 'account-channel', channelId: own.id } }

  const rule = [...affinities].filter((affinity) => fits(affinity, buyer)).sort(byPriority)[0]
  if (rule) return { catalogId: rule.catalogId, reason: { kind: 'affinity', affinityId: rule.id, matched: criteriaOf(rule) } }

  const scoped = channels
    .map((channel) => ({ channel, matched: scopeOf(channel, buyer) }))
    .filter(({ matched }) => matched.length > 0)
    .sort((a, b) => b.matched.length - a.matched.length)[0]
  if (scoped)
    return { catalogId: scoped.channel.catalogId, reason: { kind: 'channel', channelId: scoped.channel.id, matched: scoped.matched } }

  const usual = channels.find((channel) => channel.isDefault)
  if (usual) return { catalogId: usual.catalogId, reason: { kind: 'default-channel', channelId: usual.id } }
  return { catalogId: referenceCatalogId, reason: { kind: 'reference' } }
}

function fits(rule: AffinityFacts, buyer: BuyerFacts): boolean {
  return (
    criteriaOf(rule).length > 0 &&
    (rule.partnerLevelId === null || rule.partnerLevelId === buyer.partnerLevelId) &&
    (rule.segment === null || rule.segment === buyer.segment) &&
    (rule.country === null || rule.country === buyer.country)
  )
}

function criteriaOf({ partnerLevelId, segment, country }: AffinityFacts): AffinityCriterion[] {
  return [
    ...(partnerLevelId === null ? [] : (['partner-level'] as const)),
    ...(segment === null ? [] : (['segment'] as const)),
    ...(country === null ? [] : (['country'] as const)),
  ]
}

function byPriority(a: AffinityFacts, b: AffinityFacts): number {
  return b.priority - a.priority || criteriaOf(b).length - criteriaOf(a).length || (a.id < b.id ? -1 : 1)
}

/** What of a channel's scope the buyer meets; nothing when it misses any part of it, or the channel has none. */
function scopeOf({ segment, countries }: ChannelFacts, buyer: BuyerFacts): AffinityCriterion[] {
  if (segment !== null && segment !== buyer.segment) return []
  if (countries.length > 0 && (buyer.country === null || !countries.includes(buyer.country))) return []
  return [...(segment === null ? [] : (['segment'] as const)), ...(countries.length === 0 ? [] : (['country'] as const))]
}
