import { expect, test } from 'vitest'
import { money } from '#app/domain/money/money.ts'
import { structuredData } from './structured-data.ts'

test('an offer has the price a private buyer pays for a month, and belongs to the seller of the store', () => {
  const seller = {
    name: 'Ahorn Hosting',
    legalName: 'Ahorn Hosting GmbH',
    email: 'hallo@ahorn.example',
    address: { street: 'Lindengasse 14', postalCode: '1070', city: 'Wien', country: 'AT' },
  }
  const plan = { code: 'web 1', name: 'Web 1', monthlyCap: money(1000n, 'EUR'), tax: { percent: '20', behaviour: 'exclusive' } as const }
  const { '@graph': graph } = structuredData({ origin: 'https://ahorn.example', seller, offers: [plan] })
  expect(graph[0]).toMatchObject({ '@type': 'Organization', '@id': 'https://ahorn.example/#organization', legalName: 'Ahorn Hosting GmbH' })
  expect(graph[1]).toMatchObject({
    '@type': 'Product',
    offers: {
      price: '12',
      priceCurrency: 'EUR',
      url: 'https://ahorn.example/order?plan=web%201',
      seller: { '@id': 'https://ahorn.example/#organization' },
    },
  })
})
