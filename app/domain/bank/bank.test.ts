import { expect, test } from 'vitest'
import { toBankDetails } from './bank-details.ts'
import { checkIban, isQrIban, printIban } from './iban.ts'
import { creditorReference, printReference, qrReference } from './payment-references.ts'

test.each([
  'AT61 1904 3002 3457 3201',
  'de89370400440532013000',
  'CH9300762011623852957',
  'AE070331234567890123456',
  'GB29NWBK60161331926819',
])('%s is an IBAN', (text) => expect(checkIban(text)).toEqual({ ok: true, value: text.replaceAll(' ', '').toUpperCase() }))

test.each([
  ['', 'iban-malformed'],
  ['AT6119043002345732', 'iban-malformed'],
  ['ZZ611904300234573201', 'iban-malformed'],
  ['AT62 1904 3002 3457 3201', 'iban-wrong-check-digits'],
  ['AT61 1904 3002 3457 3210', 'iban-wrong-check-digits'],
])('"%s" is none: %s', (text, error) => expect(checkIban(text)).toEqual({ ok: false, error }))

test('an IBAN is printed in groups of four', () => {
  expect(printIban('CH9300762011623852957')).toBe('CH93 0076 2011 6238 5295 7')
})

test('a QR-IBAN is told by its institution', () => {
  expect(isQrIban('CH4431999123000889012')).toBe(true)
  expect(isQrIban('CH9300762011623852957')).toBe(false)
})

const typed = { holder: ' Lakeside Cloud AG ', bankName: 'Musterbank', iban: 'CH93 0076 2011 6238 5295 7', bic: 'zkbkchzz80a', qrIban: '' }

test('bank details are kept without blanks, in capitals', () => {
  expect(toBankDetails({ ...typed, qrIban: 'CH44 3199 9123 0008 8901 2' })).toEqual({
    ok: true,
    value: {
      holder: 'Lakeside Cloud AG',
      bankName: 'Musterbank',
      iban: 'CH9300762011623852957',
      bic: 'ZKBKCHZZ80A',
      qrIban: 'CH4431999123000889012',
    },
  })
})

test.each([
  [{ holder: ' ' }, 'holder', 'required'],
  [{ bankName: '' }, 'bankName', 'required'],
  [{ iban: 'CH93 0076 2011 6238 5295 8' }, 'iban', 'iban-wrong-check-digits'],
  [{ iban: 'CH44 3199 9123 0008 8901 2' }, 'iban', 'iban-is-qr-iban'],
  [{ bic: 'ZKBK' }, 'bic', 'bic-malformed'],
  [{ qrIban: 'CH93 0076 2011 6238 5295 7' }, 'qrIban', 'qr-iban-is-none'],
])('%o is refused at %s', (change, field, code) => {
  expect(toBankDetails({ ...typed, ...change })).toEqual({ ok: false, error: { field, code } })
})

test('a creditor reference carries the check digits of ISO 11649', () => {
  expect(creditorReference('539007547034')).toBe('RF18539007547034')
  expect(printReference('RF18539007547034')).toBe('RF18 5390 0754 7034')
  expect(creditorReference('LC-2026-00042')).toMatch(/^RF\d\dLC202600042$/)
  expect(creditorReference('–')).toBeNull()
  expect(creditorReference('A'.repeat(22))).toBeNull()
})

test('a QR reference ends with its recursive check digit', () => {
  expect(qrReference('21000000000313947143000901')).toBe('210000000003139471430009017')
  expect(printReference('210000000003139471430009017')).toBe('21 00000 00003 13947 14300 09017')
  expect(qrReference('LC-')).toBeNull()
})
