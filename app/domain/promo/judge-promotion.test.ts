import { describe, expect, test } from 'vitest'
import { type BuyerFacts, type CodeFacts, judgeCode } from './judge-promotion.ts'
import { promotion } from './promotion.fixture.ts'

const now = new Date('2026-06-05T14:40:00Z')
const buyer: BuyerFacts = {
  hasOrderedBefore: false,
  isNewCustomer: true,
  channelId: 'channel-1',
  segment: 'business',
  country: 'AT',
  productGroups: ['servers'],
}
const facts = (changes: Partial<CodeFacts> = {}): CodeFacts => ({
  promoCodeId: 'code-1',
  isCodeActive: true,
  codeRedeemed: 0,
  codeLimit: null,
  promotion: promotion(),
  state: 'active',
  redeemed: 0,
  limit: null,
  usedByAccount: 0,
  accountLimit: null,
  campaign: null,
  ...changes,
})
const campaign = (changes: Partial<NonNullable<CodeFacts['campaign']>> = {}): CodeFacts['campaign'] => ({
  id: 'campaign-1',
  state: 'running',
  startsAt: new Date('2026-06-01T00:00:00Z'),
  endsAt: null,
  audience: { segments: [], countries: [] },
  ...changes,
})
const reason = (changes: Partial<CodeFacts>, who: Partial<BuyerFacts> = {}) => {
  const judged = judgeCode(facts(changes), { ...buyer, ...who }, now)
  return judged.ok ? 'accepted' : judged.error
}

test('a code nobody made is unknown', () => expect(judgeCode(null, buyer, now)).toEqual({ ok: false, error: 'unknown-code' }))

describe('a code is refused', () => {
  test.each<[string, Partial<CodeFacts>, Partial<BuyerFacts>?]>([
    ['accepted', {}],
    ['code-disabled', { isCodeActive: false }],
    ['not-active', { state: 'draft' }],
    ['not-started', { promotion: promotion({ startsAt: new Date('2026-06-05T14:40:00.001Z') }) }],
    ['ended', { promotion: promotion({ endsAt: now }) }],
    ['ended', { state: 'ended' }],
    ['campaign-closed', { campaign: campaign({ state: 'draft' }) }],
    ['campaign-closed', { campaign: campaign({ endsAt: now }) }],
    ['budget-spent', { campaign: campaign({ state: 'spent' }) }],
    ['used-up', { redeemed: 50, limit: 50 }],
    ['used-up', { codeRedeemed: 1, codeLimit: 1 }],
    ['used-by-account', { usedByAccount: 1, accountLimit: 1 }],
    ['not-first-order', { promotion: promotion({ isFirstOrderOnly: true }) }, { hasOrderedBefore: true }],
    ['not-a-new-customer', { promotion: promotion({ isNewCustomersOnly: true }) }, { isNewCustomer: false }],
    ['other-channel', { promotion: promotion({ channelIds: ['channel-2'] }) }],
    ['other-product', { promotion: promotion({ productGroups: ['storage'] }) }],
    ['other-audience', { campaign: campaign({ audience: { segments: ['education'], countries: [] } }) }],
    ['other-audience', { campaign: campaign({ audience: { segments: [], countries: ['DE'] } }) }],
  ])('%s', (expected, changes, who) => expect(reason(changes, who)).toBe(expected))

  test('when its campaign was to start, even before the job has opened it', () =>
    expect(reason({ campaign: campaign({ state: 'scheduled' }) })).toBe('accepted'))
})
