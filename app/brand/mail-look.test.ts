import { expect, test } from 'vitest'
import { loadBrand } from './load-pack.server.ts'
import { mailLookOf } from './mail-look.ts'

test("a mail wears the seller's accent, legal name and address, and is answered by the seller", () => {
  const brand = loadBrand('ahorn') ?? expect.fail()
  expect(mailLookOf(brand, 'https://ahorn.example/')).toMatchObject({
    name: 'Ahorn Hosting',
    legalName: 'Ahorn Hosting GmbH',
    address: 'Lindengasse 14, 1070 Wien',
    email: 'hallo@ahorn.example',
    radius: 6,
    colours: { accent: '#96341f', accentFg: '#ffffff', surface: '#ffffff' },
  })
})
