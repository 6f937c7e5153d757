import { describe, expect, test } from 'vitest'
import { checkVatId } from './check-vat-id.ts'

describe('a VAT id is judged offline', () => {
  test('no id is no id, and blanks are none either', () => {
    expect(checkVatId('DE', null)).toEqual({ vatId: null, status: 'none' })
    expect(checkVatId('DE', '  ')).toEqual({ vatId: null, status: 'none' })
  })

  test.each([
    ['AT', 'ATU13585627', 'ATU13585627'],
    ['AT', 'U13585627', 'ATU13585627'],
    ['DE', 'DE 136 695 976', 'DE136695976'],
    ['DE', '136695976', 'DE136695976'],
    ['FR', 'fr40303265045', 'FR40303265045'],
    ['GR', 'EL094259216', 'EL094259216'],
    ['NL', 'NL004495445B01', 'NL004495445B01'],
    ['CH', 'CHE-107.787.577 MWST', 'CHE107787577'],
    ['GB', 'GB 980 7806 84', 'GB980780684'],
    ['GB', 'XI 980 7806 84', 'XI980780684'],
    ['GR', '094259216', 'EL094259216'],
    ['NO', 'NO 995 525 828 MVA', 'NO995525828MVA'],
  ])('in %s, %s is valid and kept as %s', (country, input, vatId) => {
    expect(checkVatId(country, input)).toEqual({ vatId, status: 'valid' })
  })

  test('a wrong check digit is invalid', () => {
    expect(checkVatId('DE', 'DE136695977').status).toBe('invalid')
    expect(checkVatId('AT', 'ATU13585628').status).toBe('invalid')
  })

  test("another country's id is invalid here", () => {
    expect(checkVatId('AT', 'DE136695976').status).toBe('invalid')
  })

  test('where no rule is known the check is pending, never guessed', () => {
    expect(checkVatId('AE', '100123456700003')).toEqual({ vatId: '100123456700003', status: 'pending' })
  })
})
