import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { type PlacedSum, type SharedLine, shareLines } from './project-shares.ts'

const one = new Decimal(1)
const line = (changes: Partial<SharedLine>): SharedLine => ({
  id: 'line',
  key: 'thing',
  kind: 'usage',
  sectionAccountId: 'a',
  subscriptionId: 's',
  net: money(1000n, 'EUR'),
  quantity: one,
  includedQuantity: new Decimal(0),
  billedQuantity: one,
  ...changes,
})
const placed = (project: string | null, amount: string): PlacedSum => {
  const quantity = new Decimal(amount)
  return { project, amount: new Decimal(amount), quantity, includedQuantity: new Decimal(0), billedQuantity: quantity }
}
const sharesOf = (lines: readonly SharedLine[], sums: readonly PlacedSum[]) => {
  const shares = shareLines(lines, new Map([['thing', sums]]))
  return lines.map(({ id }) => (shares.get(id) ?? []).map(({ project, netMinor }) => [project, netMinor]))
}

test('a line is shared by what was charged, and its last cent goes to the largest share', () => {
  expect(sharesOf([line({ net: money(1000n, 'EUR') })], [placed('Shop', '3.333'), placed('Web', '6.667')])).toEqual([
    [
      ['Shop', '333'],
      ['Web', '667'],
    ],
  ])
  const thirds = [placed('A', '0.333'), placed('B', '0.334'), placed(null, '0.333')]
  expect(sharesOf([line({ net: money(100n, 'EUR') })], thirds)[0]).toEqual([
    ['A', '33'],
    ['B', '34'],
    [null, '33'],
  ])
})

test('a discount follows the lines it reduces, and what nobody charged is in no project', () => {
  const discount = line({ id: 'discount', key: 'discount', kind: 'discount', net: money(-101n, 'EUR') })
  const other = line({ id: 'other', key: 'item', subscriptionId: null, kind: 'item', net: money(500n, 'EUR') })
  expect(sharesOf([line({ net: money(1000n, 'EUR') }), discount, other], [placed('Shop', '5'), placed('Web', '5')])).toEqual([
    [
      ['Shop', '500'],
      ['Web', '500'],
    ],
    [
      ['Shop', '-51'],
      ['Web', '-50'],
    ],
    [[null, '500']],
  ])
})

test('a correction that takes back in one project and charges in another keeps both', () => {
  const sums = [placed('Shop', '-4'), placed('Web', '6')]
  expect(sharesOf([line({ kind: 'correction', net: money(200n, 'EUR') })], sums)[0]).toEqual([
    ['Shop', '-400'],
    ['Web', '600'],
  ])
})

test('shares come to the net of their line, whatever the amounts', () => {
  const cents = fc.integer({ min: -1_000_000, max: 1_000_000 })
  const amount = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((units) => new Decimal(units).div(1000).toFixed())
  fc.assert(
    fc.property(cents, fc.array(amount, { minLength: 1, maxLength: 6 }), cents, (net, amounts, off) => {
      const lines = [line({ net: money(BigInt(net), 'EUR') }), line({ id: 'off', kind: 'discount', net: money(BigInt(off), 'EUR') })]
      const shares = shareLines(lines, new Map([['thing', amounts.map((each, place) => placed(`p${place}`, each))]]))
      for (const { id, net: whole } of lines) {
        const sum = (shares.get(id) ?? []).reduce((total, { netMinor }) => total + BigInt(netMinor), 0n)
        expect(sum).toBe(whole.minor)
      }
    }),
  )
})
