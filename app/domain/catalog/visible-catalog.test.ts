import { expect, test } from 'vitest'
import { visibleProducts } from './visible-catalog.ts'

const products = [
  { id: '1', code: 'web-1', position: 1 },
  { id: '2', code: 'web-2', position: 2 },
  { id: '3', code: 'cloud-s', position: 0 },
]
const codes = (isReference: boolean, entries: { productId: string; isVisible: boolean; position: number }[]) =>
  visibleProducts({ isReference, entries }, products).map(({ code }) => code)

test('the reference catalog shows every product it does not hide', () => {
  expect(codes(true, [{ productId: '2', isVisible: false, position: 2 }])).toEqual(['cloud-s', 'web-1'])
})

test('the catalog of a channel shows what it names, in its own order', () => {
  const entries = [
    { productId: '1', isVisible: true, position: 2 },
    { productId: '2', isVisible: true, position: 1 },
    { productId: '3', isVisible: false, position: 0 },
  ]
  expect(codes(false, entries)).toEqual(['web-2', 'web-1'])
})

test('an entry of a product that is not for sale shows nothing', () => {
  expect(codes(false, [{ productId: 'retired', isVisible: true, position: 0 }])).toEqual([])
})
