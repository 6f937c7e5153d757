import { describe, expect, test } from 'vitest'
import { type AffinityFacts, type BuyerFacts, type ChannelFacts, chooseCatalog, visitor } from './affinity.ts'

const channel = (id: string, facts: Partial<ChannelFacts> = {}): ChannelFacts => ({
  id,
  catalogId: `catalog of ${id}`,
  segment: null,
  countries: [],
  isDefault: false,
  ...facts,
})
const affinity = (id: string, priority: number, facts: Partial<AffinityFacts>): AffinityFacts => ({
  id,
  catalogId: `catalog of ${id}`,
  partnerLevelId: null,
  segment: null,
  country: null,
  priority,
  ...facts,
})
const channels = [
  channel('direct', { isDefault: true }),
  channel('schools', { segment: 'education' }),
  channel('alps', { countries: ['CH', 'AT'] }),
]
const affinities = [
  affinity('gold', 10, { partnerLevelId: 'gold' }),
  affinity('gold in Austria', 10, { partnerLevelId: 'gold', country: 'AT' }),
  affinity('Swiss', 20, { country: 'CH' }),
]
const choose = (buyer: Partial<BuyerFacts>) =>
  chooseCatalog({ buyer: { ...visitor, ...buyer }, channels, affinities, referenceCatalogId: 'reference' })

describe('the catalog of a buyer', () => {
  test('is that of the channel the account is put in, before any rule', () => {
    expect(choose({ channelId: 'schools', country: 'CH' })).toEqual({
      catalogId: 'catalog of schools',
      reason: { kind: 'account-channel', channelId: 'schools' },
    })
  })

  test('is that of the fitting rule with the highest priority', () => {
    expect(choose({ partnerLevelId: 'gold', country: 'CH' }).reason).toEqual({
      kind: 'affinity',
      affinityId: 'Swiss',
      matched: ['country'],
    })
  })

  test('is between equals that of the rule that asks for more', () => {
    expect(choose({ partnerLevelId: 'gold', country: 'AT' }).reason).toEqual({
      kind: 'affinity',
      affinityId: 'gold in Austria',
      matched: ['partner-level', 'country'],
    })
  })

  test('is that of a channel made for its segment or country when no rule fits', () => {
    expect(choose({ segment: 'education', country: 'DE' }).reason).toEqual({ kind: 'channel', channelId: 'schools', matched: ['segment'] })
    expect(choose({ country: 'AT' }).reason).toEqual({ kind: 'channel', channelId: 'alps', matched: ['country'] })
  })

  test('of a visitor is that of the default channel, and without one the reference catalog', () => {
    expect(choose({}).reason).toEqual({ kind: 'default-channel', channelId: 'direct' })
    expect(chooseCatalog({ buyer: visitor, channels: [], affinities, referenceCatalogId: 'reference' })).toEqual({
      catalogId: 'reference',
      reason: { kind: 'reference' },
    })
  })

  test('does not depend on the order of the rules', () => {
    const backwards = chooseCatalog({
      buyer: { ...visitor, partnerLevelId: 'gold', country: 'AT' },
      channels: [...channels].reverse(),
      affinities: [...affinities].reverse(),
      referenceCatalogId: 'reference',
    })
    expect(backwards).toEqual(choose({ partnerLevelId: 'gold', country: 'AT' }))
  })
})
