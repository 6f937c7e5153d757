import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { type CreditFigures, type CreditRequest, creditNote } from './credit-note.ts'
import { creditableRest, lineRests } from './credit-rests.ts'
import { creditedWith } from './credited.fixture.ts'
import { finalisedInvoice } from './finalised.fixture.ts'

const line = fc.record({
  minor: fc.bigInt(-2000n, 100_000n),
  rate: fc.constantFrom('0', '7', '8.1', '19', '25.5'),
  quantity: fc.constantFrom('1', '3', '60'),
})
const step = fc.oneof(
  fc.record({ kind: fc.constant('amount' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: fc.constant('net' as const), index: fc.nat(9), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: fc.constant('quantity' as const), index: fc.nat(9) }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const currency = fc.constantFrom('EUR', 'JPY', 'KWD')

function part(whole: bigint, share: number): bigint {
  return BigInt(Math.floor(Number(whole) * share))
}

function requestOf(invoice: ReturnType<typeof finalisedInvoice>, notes: readonly CreditFigures[], wish: Step): CreditRequest {
  const before = creditedWith(invoice, notes)
  const code = invoice.total.currency
  if (wish.kind === 'amount') return { kind: 'amount', amount: money(part(creditableRest({ invoice, before }).minor, wish.share), code) }
  const chosen = invoice.lines[wish.index % invoice.lines.length]
  const lineId = chosen?.id ?? ''
  if (wish.kind === 'quantity') return { kind: 'lines', parts: [{ lineId, part: { kind: 'quantity', quantity: new Decimal(1) } }] }
  const rest = lineRests({ invoice, before }).get(lineId)?.minor ?? 0n
  return { kind: 'lines', parts: [{ lineId, part: { kind: 'net', net: money(part(rest, wish.share), code) } }] }
}

test('credits in any split and order come to the invoice, tax included, per rate', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.array(step, { maxLength: 8 }), currency, (lines, steps, code) => {
      const invoice = finalisedInvoice(lines, code)
      fc.pre(invoice.total.minor > 0n)
      const notes: CreditFigures[] = []
      for (const wish of steps) {
        const made = creditNote({ invoice, before: creditedWith(invoice, notes), request: requestOf(invoice, notes, wish), reason: 'r' })
        if (made.ok) notes.push(made.value)
      }
      const rest = creditNote({ invoice, before: creditedWith(invoice, notes), request: { kind: 'rest' }, reason: 'r' })
      if (rest.ok) notes.push(rest.value)

      const total = notes.reduce((sum, note) => sum + note.total.minor, 0n)
      expect(total <= invoice.total.minor).toBe(true)
      for (const note of notes) expect(note.lines.reduce((sum, each) => sum + each.net.minor, 0n)).toBe(note.net.minor)
      // A rate below zero may be left over against one above it: the note over what is left would be one over nothing.
      if (invoice.taxes.some(({ base }) => base.minor < 0n)) return
      expect(total).toBe(invoice.total.minor)
      for (const tax of invoice.taxes) {
        const own = notes.flatMap((note) => note.taxes).filter((each) => each.category === tax.category && each.rate.eq(tax.rate))
        expect(own.reduce((sum, each) => sum + each.base.minor, 0n)).toBe(tax.base.minor)
        expect(own.reduce((sum, each) => sum + each.tax.minor, 0n)).toBe(tax.tax.minor)
      }
    }),
  )
})
