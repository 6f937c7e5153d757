import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { type CreditFigures, type CreditRequest, creditNote } from './credit-note.ts'
import { type CreditedBefore, creditableRest } from './credit-rests.ts'
import { creditedWith, nothingCredited } from './credited.fixture.ts'
import { finalisedInvoice } from './finalised.fixture.ts'

const eur = (minor: bigint) => money(minor, 'EUR')
const reason = 'Server was down'

function credit(
  invoice: ReturnType<typeof finalisedInvoice>,
  request: CreditRequest,
  before: CreditedBefore = nothingCredited,
): CreditFigures {
  const made = creditNote({ invoice, before, request, reason })
  if (!made.ok) throw new Error(made.error)
  return made.value
}

const amounts = ({ net, tax, total }: CreditFigures) => [net.minor, tax.minor, total.minor]

test('a full credit says what the invoice said, line by line', () => {
  const invoice = finalisedInvoice([{ minor: 2490n }, { minor: 900n, quantity: '60' }])
  const note = credit(invoice, { kind: 'rest' })
  expect(amounts(note)).toEqual([3390n, 678n, 4068n])
  expect(note.lines.map((line) => [line.creditsLineId, line.net.minor, line.billedQuantity.toFixed()])).toEqual([
    ['line-1', 2490n, '1'],
    ['line-2', 900n, '60'],
  ])
})

test('three credits of an invoice of 11.90 take 3.97, 3.97 and what is left, 3.96', () => {
  const invoice = finalisedInvoice([{ minor: 1000n, rate: '19' }])
  const first = credit(invoice, { kind: 'amount', amount: eur(397n) })
  const second = credit(invoice, { kind: 'amount', amount: eur(397n) }, creditedWith(invoice, [first]))
  const before = creditedWith(invoice, [first, second])
  const last = credit(invoice, { kind: 'rest' }, before)
  expect([first, second, last].map(amounts)).toEqual([
    [334n, 63n, 397n],
    [334n, 63n, 397n],
    [332n, 64n, 396n],
  ])
  expect(creditableRest({ invoice, before: creditedWith(invoice, [first, second, last]) })).toEqual(eur(0n))
})

test('an amount is spread over the rates by what is left of each', () => {
  const invoice = finalisedInvoice([
    { minor: 10000n, rate: '20' },
    { minor: 10000n, rate: '10' },
  ])
  const note = credit(invoice, { kind: 'amount', amount: eur(11500n) })
  expect(note.taxes.map(({ rate, base, tax }) => [rate.toFixed(), base.minor, tax.minor])).toEqual([
    ['20', 5000n, 1000n],
    ['10', 5000n, 500n],
  ])
})

test('units of a line come back at its price, and the last ones take the cents', () => {
  const invoice = finalisedInvoice([{ minor: 1000n, quantity: '3' }])
  const one = { kind: 'lines', parts: [{ lineId: 'line-1', part: { kind: 'quantity', quantity: new Decimal(1) } }] } as const
  const first = credit(invoice, one)
  const second = credit(invoice, one, creditedWith(invoice, [first]))
  const third = credit(invoice, one, creditedWith(invoice, [first, second]))
  expect([first, second, third].map(amounts)).toEqual([
    [333n, 67n, 400n],
    [333n, 67n, 400n],
    [334n, 66n, 400n],
  ])
})

test.each([
  ['an amount of a cent too much', { kind: 'amount', amount: eur(4069n) }],
  ['a line beyond its own amount', { kind: 'lines', parts: [{ lineId: 'line-2', part: { kind: 'net', net: eur(901n) } }] }],
  ['more units than were billed', { kind: 'lines', parts: [{ lineId: 'line-2', part: { kind: 'quantity', quantity: new Decimal(61) } }] }],
] as [string, CreditRequest][])('%s is refused', (_, request) => {
  const invoice = finalisedInvoice([{ minor: 2490n }, { minor: 900n, quantity: '60' }])
  expect(creditNote({ invoice, before: nothingCredited, request, reason })).toEqual({ ok: false, error: 'credit-exceeds-invoice' })
})

test('a line cannot come back beyond what an amount left of its rate', () => {
  const invoice = finalisedInvoice([{ minor: 10000n }])
  const before = creditedWith(invoice, [credit(invoice, { kind: 'amount', amount: eur(6000n) })])
  const request = { kind: 'lines', parts: [{ lineId: 'line-1', part: { kind: 'rest' } }] } as const
  expect(creditNote({ invoice, before, request, reason })).toEqual({ ok: false, error: 'credit-exceeds-invoice' })
})

test('a discount comes back with its line', () => {
  const invoice = finalisedInvoice([{ minor: 10000n }, { minor: -1000n }])
  const parts = [
    { lineId: 'line-1', part: { kind: 'rest' } },
    { lineId: 'line-2', part: { kind: 'rest' } },
  ] as const
  expect(amounts(credit(invoice, { kind: 'lines', parts }))).toEqual([9000n, 1800n, 10800n])
  const alone = { kind: 'lines', parts: parts.slice(1) } as const
  expect(creditNote({ invoice, before: nothingCredited, request: alone, reason })).toEqual({ ok: false, error: 'credit-exceeds-invoice' })
})

test('nothing, or what is no line of the invoice, is no credit', () => {
  const invoice = finalisedInvoice([{ minor: 10000n }])
  const ask = (request: CreditRequest, before = nothingCredited) => creditNote({ invoice, before, request, reason })
  expect(ask({ kind: 'amount', amount: eur(0n) })).toEqual({ ok: false, error: 'nothing-to-credit' })
  expect(ask({ kind: 'rest' }, creditedWith(invoice, [credit(invoice, { kind: 'rest' })]))).toEqual({
    ok: false,
    error: 'nothing-to-credit',
  })
  expect(ask({ kind: 'lines', parts: [{ lineId: 'line-9', part: { kind: 'rest' } }] })).toEqual({ ok: false, error: 'line-not-found' })
})
