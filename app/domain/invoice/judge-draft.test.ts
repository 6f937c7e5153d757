import { describe, expect, test } from 'vitest'
import { money } from '../money/money.ts'
import { type DraftFacts, judgeDraft, judgeRun } from './judge-draft.ts'

const eur = (minor: bigint) => money(minor, 'EUR')
const usual: DraftFacts = {
  seller: { country: 'DE' },
  buyer: { country: 'DE', isBusiness: true, hasValidVatId: false },
  total: eur(10_000n),
  problem: null,
  previousTotal: eur(10_000n),
  quarantined: [],
  usageDays: ['2026-06-01', '2026-06-02', '2026-06-03'],
  changedPercent: 30,
  wildPercent: 200,
}

describe('a draft', () => {
  test('like the invoice before it is not remarkable', () => expect(judgeDraft(usual)).toEqual([]))

  test.each([
    ['30 % more', { total: eur(13_000n) }, []],
    ['a cent above 30 % more', { total: eur(13_001n) }, ['changed']],
    ['a cent above 30 % less', { total: eur(6_999n) }, ['changed']],
    ['more than three times as much', { total: eur(30_001n) }, ['wild', 'changed']],
    ['the first of its contract', { previousTotal: null }, ['new']],
    ['nothing, after an invoice', { total: null }, ['gone']],
    ['nothing, after nothing', { total: null, previousTotal: null }, []],
    ['over nothing', { total: eur(0n), previousTotal: eur(0n) }, ['zero']],
    ['below nothing', { total: null, problem: 'negative-total' }, ['negative']],
    ['with usage that has no price', { quarantined: ['no-price'] }, ['missing-price']],
    ['with usage that contradicts itself', { quarantined: ['conflicting-quantity'] }, ['quarantined']],
    ['with a day without usage', { usageDays: ['2026-06-01', '2026-06-03'] }, ['usage-gap']],
    ['to a business of another EU country without a tax id', { buyer: { ...usual.buyer, country: 'AT' } }, ['missing-tax-id']],
    ['to a business of another EU country with one', { buyer: { country: 'AT', isBusiness: true, hasValidVatId: true } }, []],
    ['to a person of another EU country', { buyer: { country: 'AT', isBusiness: false, hasValidVatId: false } }, []],
    ['to a business in Switzerland', { buyer: { ...usual.buyer, country: 'CH' } }, []],
  ] as const)('%s', (_, changes, flags) => expect(judgeDraft({ ...usual, ...changes })).toEqual(flags))
})

describe('a run', () => {
  const run = { totals: [eur(500_000n)], approvalAbove: {}, compared: 10, wild: 2, wildSharePercent: 20 }

  test('goes on by itself when nothing speaks against it', () => expect(judgeRun(run)).toEqual([]))

  test('waits for a second person from a cent above the limit of its currency', () => {
    expect(judgeRun({ ...run, approvalAbove: { EUR: 500_000n, CHF: 1n } })).toEqual([])
    expect(judgeRun({ ...run, approvalAbove: { EUR: 499_999n } })).toEqual(['above-limit'])
  })

  test('stops when more than its share of drafts is wild', () => {
    expect(judgeRun({ ...run, wild: 3 })).toEqual(['wild'])
    expect(judgeRun({ ...run, compared: 4, wild: 4 })).toEqual([])
  })
})
