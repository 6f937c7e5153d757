import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { settlePayout } from './payout.ts'
import { payableOf, shareOfPaid } from './share-of-paid.ts'

const percent = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => new Decimal(hundredths).div(100))
const currency = fc.constantFrom('EUR', 'JPY', 'KWD')

test('payable of paid: any split of payments and returns adds up, and never exceeds what is left paid', () => {
  fc.assert(
    fc.property(
      fc.bigInt(1n, 1_000_000n),
      percent,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }),
      currency,
      (totalMinor, discount, shares, code) => {
        const total = money(totalMinor, code)
        const whole = new Decimal(totalMinor.toString()).div(code === 'EUR' ? 100 : code === 'KWD' ? 1000 : 1)
        const full = payableOf([{ scope: 'recurring', net: whole }], {
          setup: discount,
          recurring: discount,
          usage: discount,
          overage: discount,
        })
        let paid = 0n
        let payable = 0n
        for (const share of [...shares, 1]) {
          const after = BigInt(Math.floor(Number(totalMinor) * share))
          payable += shareOfPaid(full, { before: money(paid, code), after: money(after, code), total }).minor
          paid = after
          expect(payable >= 0n && payable <= paid).toBe(true)
        }
        expect(payable).toBe(shareOfPaid(full, { before: money(0n, code), after: total, total }).minor)
        payable += shareOfPaid(full, { before: total, after: money(0n, code), total }).minor
        expect(payable).toBe(0n)
      },
    ),
  )
})

test('a payout gives out what was released and freed, to the cent, and never more', () => {
  fc.assert(
    fc.property(
      fc.bigInt(-500_000n, 500_000n),
      fc.bigInt(0n, 200_000n),
      fc.bigInt(0n, 400_000n),
      percent,
      (releasedMinor, freedMinor, openMinor, reservePercent) => {
        const eur = (minor: bigint) => money(minor, 'EUR')
        const figures = settlePayout({
          released: eur(releasedMinor),
          freed: eur(freedMinor),
          openInvoices: eur(openMinor),
          reservePercent,
        })
        const { offset, reserve, payout, carried } = figures
        expect(offset.minor + reserve.minor + payout.minor + carried.minor).toBe(releasedMinor + freedMinor)
        for (const part of [offset, reserve, payout]) expect(part.minor >= 0n).toBe(true)
        expect(offset.minor <= openMinor).toBe(true)
        expect(carried.minor <= 0n).toBe(true)
        expect(carried.minor < 0n && payout.minor > 0n).toBe(false)
      },
    ),
  )
})
