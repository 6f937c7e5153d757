import { expect, test } from 'vitest'
import { type CartLine, cartOf, withLine, withoutLine, withQuantity } from './cart.ts'

const web: CartLine = { id: 'a', planCode: 'web-1', optionCodes: [], quantity: 3 }
const mail: CartLine = { id: 'b', planCode: 'mail', optionCodes: ['archive'], quantity: 1 }

test('a line is put in, changed in its place, counted otherwise and taken out', () => {
  const both = withLine([web], mail)
  expect(both).toEqual({ ok: true, value: [web, mail] })
  expect(withLine([web, mail], { ...web, planCode: 'web-2' })).toEqual({ ok: true, value: [{ ...web, planCode: 'web-2' }, mail] })
  expect(withQuantity([web, mail], { id: 'b', quantity: 4 })).toEqual({ ok: true, value: [web, { ...mail, quantity: 4 }] })
  expect(withQuantity([web], { id: 'gone', quantity: 4 })).toEqual({ ok: true, value: [web] })
  expect(withoutLine([web, mail], 'a')).toEqual([mail])
})

test('a cart holds no more pieces than an order may have', () => {
  expect(withLine([web], { ...mail, quantity: 18 })).toEqual({ ok: false, error: 'too-many-pieces' })
  expect(withQuantity([web], { id: 'a', quantity: 20 })).toMatchObject({ ok: true })
})

test('an application counts as many pieces as it has servers, which are chosen on its own page', () => {
  const tiers = [
    { code: 'web', planCode: 'web-1', count: 2 },
    { code: 'db', planCode: 'web-2', count: 1 },
  ]
  const shop: CartLine = { id: 'c', planCode: '', optionCodes: [], quantity: 1, app: { code: 'website', tiers } }
  expect(withLine([{ ...web, quantity: 17 }], shop)).toMatchObject({ ok: true })
  expect(withLine([{ ...web, quantity: 18 }], shop)).toEqual({ ok: false, error: 'too-many-pieces' })
  expect(withQuantity([shop], { id: 'c', quantity: 5 })).toEqual({ ok: true, value: [shop] })
  expect(cartOf([shop, mail])).toEqual([shop, mail])
  expect(cartOf([{ ...shop, app: { code: 'website', tiers: [] } }])).toEqual([])
})

test('what was kept in another shape is an empty cart', () => {
  expect(cartOf([web, mail])).toEqual([web, mail])
  expect(cartOf(null)).toEqual([])
  expect(cartOf([{ ...web, quantity: 1e308 }])).toEqual([])
})
