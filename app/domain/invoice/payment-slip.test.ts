import { expect, test } from 'vitest'
import type { BankDetails } from '../bank/bank-details.ts'
import { money } from '../money/money.ts'
import { postalAddressOf } from '../shared/postal-address.ts'
import { paymentReference, paymentSlip, type SlipInput, transferSlip } from './payment-slip.ts'

const austrian: BankDetails = {
  holder: 'Ahorn Hosting GmbH',
  bankName: 'Musterbank',
  iban: 'AT611904300234573201',
  bic: 'BKAUATWW',
  qrIban: null,
}
const swiss: BankDetails = { holder: 'Lakeside Cloud AG', bankName: 'Musterbank', iban: 'CH9300762011623852957', bic: null, qrIban: null }

function slipOf(changes: Partial<SlipInput> = {}) {
  return paymentSlip({
    bank: austrian,
    number: 'AH-2026-00042',
    amount: money(4068n, 'EUR'),
    creditor: { name: 'Lakeside Cloud AG', address: postalAddressOf(['Seestrasse 12', '8002 Zürich'], 'CH') },
    debtor: { name: 'Café Linde e.U.', address: postalAddressOf(['Neubaugasse 31/4', '1070 Wien'], 'AT') },
    ...changes,
  })
}

test('euros to a SEPA account have the EPC code, with the number as message', () => {
  expect(slipOf()).toEqual({
    kind: 'epc',
    payload: 'BCD\n002\n1\nSCT\nBKAUATWW\nAhorn Hosting GmbH\nAT611904300234573201\nEUR40.68\n\n\nAH-2026-00042',
  })
})

test('a holder of several lines or more than 70 characters cannot shift what follows', () => {
  const slip = slipOf({ bank: { ...austrian, holder: `A\nEUR999.00\n${'x'.repeat(80)}` } })
  expect(slip?.kind === 'epc' && slip.payload.split('\n')).toHaveLength(11)
  expect(slip?.kind === 'epc' && slip.payload.split('\n')[5]).toHaveLength(70)
})

test.each([
  ['another currency', { amount: money(4068n, 'USD') }],
  ['nothing to pay', { amount: money(0n, 'EUR') }],
  ['a credit', { amount: money(-1n, 'EUR') }],
  ['more than the code holds', { amount: money(100_000_000_000n, 'EUR') }],
  ['an account SEPA does not reach', { bank: { ...austrian, iban: 'AE070331234567890123456' } }],
  ['dirhams to a Swiss account', { bank: swiss, amount: money(4068n, 'AED') }],
  ['a creditor without a place', { bank: swiss, creditor: { name: 'x', address: postalAddressOf(['Seestrasse 12'], 'CH') } }],
])('there is no slip for %s', (_, changes) => expect(slipOf(changes)).toBeNull())

test('francs to a Swiss account have a QR bill with a creditor reference', () => {
  const slip = slipOf({ bank: swiss, amount: money(4068n, 'CHF'), number: 'LC-2026-00042' })
  expect(slip).toMatchObject({
    kind: 'swiss',
    iban: 'CH9300762011623852957',
    message: 'LC-2026-00042',
    debtor: { name: 'Café Linde e.U.' },
  })
  expect(paymentReference(slip, 'LC-2026-00042')).toMatch(/^RF\d\dLC202600042$/)
})

test('a QR-IBAN takes a QR reference', () => {
  const slip = slipOf({ bank: { ...swiss, qrIban: 'CH4431999123000889012' }, amount: money(4068n, 'CHF'), number: 'LC-2026-00042' })
  expect(slip).toMatchObject({ iban: 'CH4431999123000889012', reference: expect.stringMatching(/^0{17}202600042\d$/) })
})

test('a number without digits and too long leaves no reference, and the plain account', () => {
  const number = 'X'.repeat(30)
  const slip = slipOf({ bank: { ...swiss, qrIban: 'CH4431999123000889012' }, amount: money(4068n, 'CHF'), number })
  expect(slip).toMatchObject({ iban: 'CH9300762011623852957', reference: null })
  expect(paymentReference(slip, number)).toBe(number)
})

test('a debtor whose letters the scheme does not know is left to be written by hand', () => {
  const debtor = { name: 'مكتبة الواحة', address: postalAddressOf(['Street 1', '8002 Zürich'], 'CH') }
  expect(slipOf({ bank: swiss, amount: money(1n, 'CHF'), debtor })).toMatchObject({ debtor: null })
})

test('a debtor without a place is left to be written by hand', () => {
  const debtor = { name: 'Nakhla', address: postalAddressOf(['Dubai'], 'AE') }
  expect(slipOf({ bank: swiss, amount: money(1n, 'CHF'), debtor })).toMatchObject({ debtor: null })
})

test('an announced transfer carries its own reference: structured in the EPC code, as it is on the Swiss slip, whatever QR-IBAN there is', () => {
  const creditor = { name: 'Lakeside Cloud AG', address: postalAddressOf(['Seestrasse 12', '8002 Zürich'], 'CH') }
  const announced = { reference: 'RF18539007547034', creditor }
  expect(transferSlip({ ...announced, bank: austrian, amount: money(5000n, 'EUR') })).toEqual({
    kind: 'epc',
    payload: 'BCD\n002\n1\nSCT\nBKAUATWW\nAhorn Hosting GmbH\nAT611904300234573201\nEUR50.00\n\nRF18539007547034\n',
  })
  const qr = { ...swiss, qrIban: 'CH4431999123000889012' }
  expect(transferSlip({ ...announced, bank: qr, amount: money(5000n, 'CHF') })).toMatchObject({
    kind: 'swiss',
    iban: swiss.iban,
    reference: 'RF18539007547034',
    message: null,
  })
  expect(transferSlip({ ...announced, bank: austrian, amount: money(5000n, 'USD') })).toBeNull()
})
