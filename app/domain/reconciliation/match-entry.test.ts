import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { creditorReference, qrReference } from '../bank/payment-references.ts'
import { type Money, money } from '../money/money.ts'
import { type Candidate, type MatchFacts, suggestionsFor } from './match-entry.ts'

const eur = (minor: bigint): Money => money(minor, 'EUR')
const invoice = (number: string, open: bigint, facts: Partial<Candidate> = {}): Candidate => ({
  id: number,
  number,
  open: eur(open),
  dueDate: '2026-07-15',
  accountId: 'brandt',
  buyerName: 'Brandt Versand GmbH',
  ...facts,
})
const known: MatchFacts = {
  candidates: [
    invoice('MG-2026-00001', 4034n),
    invoice('MG-2026-00012', 1000n, { dueDate: '2026-08-15' }),
    invoice('MG-2026-00002', 4034n, { accountId: 'linde', buyerName: 'Café Linde e.U.' }),
    invoice('MG-2026-00003', 4034n, { accountId: 'keller', buyerName: 'Praxis Keller AG', open: money(4034n, 'CHF') }),
  ],
  announced: [{ id: 'wire', accountId: 'ahorn', buyerName: 'Ahorn Hosting GmbH', reference: 'RF04AHORN1', amount: eur(250000n) }],
  payers: new Map([['AT611904300234573201', ['linde']]]),
}
type Facts = { reference?: string | null; text?: string; name?: string | null; iban?: string | null; currency?: string }
const came = (minor: bigint, { reference = null, text = '', name = null, iban = null, currency = 'EUR' }: Facts = {}, facts = known) =>
  suggestionsFor({ amount: money(minor, currency), reference, text, counterparty: { name, iban } }, facts)
const told = (suggestions: ReturnType<typeof came>) =>
  suggestions.map(({ accountId, shares, left, reasons, score, isSure }) => ({
    accountId,
    shares: shares.map(({ number, amount, rounding }) => [number, amount.minor, rounding.minor]),
    left: left.minor,
    reasons,
    score,
    isSure,
  }))

describe('money that came in', () => {
  test('with an invoice’s number and its amount is sure of it', () => {
    expect(told(came(4034n, { text: 'Rechnung MG 2026-00001 vom Juli' }))[0]).toEqual({
      accountId: 'brandt',
      shares: [['MG-2026-00001', 4034n, 0n]],
      left: 0n,
      reasons: ['number', 'amount'],
      score: 80,
      isSure: true,
    })
  })

  test.each([creditorReference('MG-2026-00001'), qrReference('MG-2026-00001')])(
    'with the reference of its slip %s is sure of it, too',
    (reference) => {
      expect(told(came(4034n, { reference }))[0]).toMatchObject({ reasons: ['reference', 'amount'], score: 90, isSure: true })
    },
  )

  test('with a number that only begins like one is not that invoice', () => {
    expect(came(777n, { text: 'MG-2026-000011' })).toEqual([])
  })

  test('of another currency than the invoice is never sure of it', () => {
    expect(came(4034n, { text: 'MG-2026-00003' }).filter(({ accountId }) => accountId === 'keller')).toEqual([])
  })

  test('for two invoices pays both', () => {
    expect(told(came(5034n, { text: 'MG-2026-00001, MG-2026-00012' }))[0]).toMatchObject({
      shares: [
        ['MG-2026-00001', 4034n, 0n],
        ['MG-2026-00012', 1000n, 0n],
      ],
      left: 0n,
      isSure: true,
    })
  })

  test('that names invoices of two buyers is sure of neither', () => {
    const both = came(4034n, { text: 'MG-2026-00001 MG-2026-00002' })
    expect(both.map(({ accountId, isSure }) => [accountId, isSure])).toEqual([
      ['brandt', false],
      ['linde', false],
    ])
  })

  test('beyond what the invoice asks for leaves the rest', () => {
    expect(told(came(5000n, { text: 'MG-2026-00001' }))[0]).toMatchObject({
      shares: [['MG-2026-00001', 4034n, 0n]],
      left: 966n,
      isSure: false,
    })
  })

  test.each([
    [4032n, 2n],
    [4037n, -3n],
  ])('of %d cents for 4034 is rounded, and left to a person', (minor, rounding) => {
    expect(told(came(minor, { text: 'MG-2026-00001' }))[0]).toMatchObject({
      shares: [['MG-2026-00001', minor, rounding]],
      left: 0n,
      isSure: false,
    })
  })

  test('less than asked for pays a part', () => {
    expect(told(came(2000n, { text: 'MG-2026-00001' }))[0]).toMatchObject({ shares: [['MG-2026-00001', 2000n, 0n]], isSure: false })
  })

  test('without a word is found by the bank account that paid before, and by its amount', () => {
    expect(told(came(4034n, { iban: 'AT611904300234573201' }))).toMatchObject([
      { accountId: 'linde', reasons: ['amount', 'payer-account'], score: 55, isSure: false },
      { accountId: 'brandt', reasons: ['amount'], score: 30, isSure: false },
    ])
  })

  test('by somebody named like a buyer is suggested for what that buyer owes, the oldest first', () => {
    expect(told(came(4500n, { name: 'BRANDT VERSAND GMBH, HAMBURG' }))[0]).toMatchObject({
      shares: [
        ['MG-2026-00001', 4034n, 0n],
        ['MG-2026-00012', 466n, 0n],
      ],
      reasons: ['payer-name'],
      score: 15,
    })
  })

  test('that was announced is found by its reference alone, and stays unapplied where nothing is owed', () => {
    expect(told(came(250000n, { text: 'RF04 AHORN1' }))[0]).toEqual({
      accountId: 'ahorn',
      shares: [],
      left: 250000n,
      reasons: ['announced', 'amount'],
      score: 90,
      isSure: true,
    })
  })

  test('of which nothing is known gets no suggestion, nor does money that went out', () => {
    expect(came(777n, { text: 'Mitgliedsbeitrag' })).toEqual([])
    expect(came(-4034n, { text: 'MG-2026-00001' })).toEqual([])
  })
})

test('no suggestion ever gives away more than came, nor more to a document than it asks for, beyond the rounding', () => {
  const documents = fc.array(
    fc.record({
      minor: fc.bigInt({ min: 1n, max: 100_000n }),
      buyer: fc.constantFrom('a', 'b', 'c'),
      number: fc.integer({ min: 10_000, max: 10_020 }),
    }),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(
      documents,
      fc.bigInt({ min: 1n, max: 200_000n }),
      fc.array(fc.integer({ min: 10_000, max: 10_020 }), { maxLength: 4 }),
      (drawn, minor, numbers) => {
        const candidates = drawn.map(({ minor: open, buyer, number }, place) =>
          invoice(`N-${number}`, open, { id: `${place}`, accountId: buyer, buyerName: `Buyer ${buyer}` }),
        )
        const suggestions = came(minor, { text: numbers.map((number) => `N-${number}`).join(' ') }, { ...known, candidates, announced: [] })
        for (const { shares, left, isSure } of suggestions) {
          const given = shares.reduce((total, { amount }) => total + amount.minor, 0n)
          expect(given + left.minor).toBe(minor)
          expect(left.minor >= 0n).toBe(true)
          if (isSure) expect(left.minor).toBe(0n)
          for (const { invoiceId, amount, rounding } of shares) {
            const open = candidates.find(({ id }) => id === invoiceId)?.open.minor ?? 0n
            expect(amount.minor + rounding.minor <= open).toBe(true)
          }
        }
      },
    ),
  )
})
