import { expect, test } from 'vitest'
import { postalAddressOf, splitStreet } from './postal-address.ts'

test.each([
  [['Neubaugasse 31/4', '1070 Wien'], 'Neubaugasse 31/4', null, '1070', 'Wien'],
  [['Industriestr. 5', 'Halle B', 'D-80331 München'], 'Industriestr. 5', 'Halle B', '80331', 'München'],
  [['Keizersgracht 1', '1015 CJ Amsterdam'], 'Keizersgracht 1', null, '1015 CJ', 'Amsterdam'],
  [['Storgatan 2', '111 22 Stockholm'], 'Storgatan 2', null, '111 22', 'Stockholm'],
  [['10 Downing Street', 'London SW1A 2AA'], '10 Downing Street', null, 'SW1A 2AA', 'London'],
  [['Sheikh Zayed Road 118', 'Dubai'], 'Sheikh Zayed Road 118', null, null, 'Dubai'],
  [['شارع الشيخ زايد 118', 'دبي'], 'شارع الشيخ زايد 118', null, null, 'دبي'],
  [[], null, null, null, null],
])('%o falls into its parts', (lines, street, addition, postalCode, city) => {
  expect(postalAddressOf(lines, 'AT')).toEqual({ street, addition, postalCode, city, country: 'AT' })
})

test('a house number stands apart where it comes last', () => {
  expect(splitStreet('Lindengasse 14')).toEqual({ name: 'Lindengasse', number: '14' })
  expect(splitStreet('Neubaugasse 31/4')).toEqual({ name: 'Neubaugasse', number: '31/4' })
  expect(splitStreet('10 Downing Street')).toEqual({ name: '10 Downing Street', number: null })
})
