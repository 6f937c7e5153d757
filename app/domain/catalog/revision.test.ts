import { describe, expect, test } from 'vitest'
import { compareCatalogs } from './compare-catalogs.ts'
import { type CatalogState, draftOf, type RevisionChange, RevisionChanges, reviseCatalog } from './revision.ts'

const [web1, web2, cloud, retail, winter, unknown] = [1, 2, 3, 4, 5, 9].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`) as [
  string,
  string,
  string,
  string,
  string,
  string,
]
const product = (id: string, code: string, position: number) => ({ id, code, position, name: { en: code }, description: {} })
const state: CatalogState = {
  isReference: false,
  products: [product(web1, 'web-1', 1), product(web2, 'web-2', 2), product(cloud, 'cloud-s', 3)],
  entries: [
    { productId: web1, isVisible: true, position: 1 },
    { productId: web2, isVisible: false, position: 2 },
  ],
  priceBooks: [{ id: retail, currency: 'EUR', catalogId: 'catalog' }],
  prices: [{ productId: web1, priceBookId: retail, feeKey: 'recurring|', currency: 'EUR', unitPrice: '19.90' }],
  taken: [
    {
      id: winter,
      currency: 'EUR',
      prices: [
        { productId: web2, feeKey: 'recurring|', unitPrice: '79' },
        { productId: web2, feeKey: 'usage|traffic.sent', unitPrice: '0.04' },
      ],
    },
  ],
}
const compare = (changes: RevisionChange[]) => {
  const revised = reviseCatalog(state, changes)
  return revised.ok ? compareCatalogs(state.products, draftOf(state), revised.value) : revised.at
}
const price = (unitPrice: string): RevisionChange => ({
  kind: 'price',
  productId: web1,
  priceBookId: retail,
  fee: { feeKind: 'recurring', meter: null, match: {}, unitPrice, cap: null },
})
const unchanged = { visibility: null, position: null, name: null, description: null, prices: [] }

describe('a revision', () => {
  test('adds, shows, hides and moves products', () => {
    const changes: RevisionChange[] = [
      { kind: 'add', productId: cloud, position: 0 },
      { kind: 'show', productId: web2 },
      { kind: 'move', productId: web1, position: 5 },
    ]
    expect(compare(changes)).toEqual([
      { ...unchanged, productId: web1, code: 'web-1', position: { before: 1, after: 5 } },
      { ...unchanged, productId: web2, code: 'web-2', visibility: { before: 'hidden', after: 'visible' } },
      {
        ...unchanged,
        productId: cloud,
        code: 'cloud-s',
        visibility: { before: 'absent', after: 'visible' },
        position: { before: null, after: 0 },
      },
    ])
  })

  test('changes a text in one language and leaves the others', () => {
    expect(compare([{ kind: 'text', productId: web1, language: 'de', name: 'Netz 1' }])).toEqual([
      { ...unchanged, productId: web1, code: 'web-1', name: { before: { en: 'web-1' }, after: { en: 'web-1', de: 'Netz 1' } } },
    ])
  })

  test('shows the price before and after, and nothing for the same price', () => {
    const fee = { priceBookId: retail, feeKey: 'recurring|', currency: 'EUR' }
    expect(compare([price('22.90')])).toEqual([
      { ...unchanged, productId: web1, code: 'web-1', prices: [{ ...fee, before: '19.90', after: '22.90' }] },
    ])
    expect(compare([price('19.9')])).toEqual([])
  })

  test.each<RevisionChange>([
    { kind: 'price-book', priceBookId: winter },
    { kind: 'price-version', priceVersionId: winter },
  ])('takes over the prices of a book or a version, and no other stays: %j', (change) => {
    const priceOf = (feeKey: string, before: string | null, after: string | null) => ({
      priceBookId: retail,
      feeKey,
      currency: 'EUR',
      before,
      after,
    })
    expect(compare([price('22.90'), change])).toEqual([
      { ...unchanged, productId: web1, code: 'web-1', prices: [priceOf('recurring|', '19.90', null)] },
      {
        ...unchanged,
        productId: web2,
        code: 'web-2',
        prices: [priceOf('recurring|', null, '79'), priceOf('usage|traffic.sent', null, '0.04')],
      },
    ])
  })

  test('that hides and shows again changes nothing', () => {
    expect(
      compare([
        { kind: 'hide', productId: web1 },
        { kind: 'show', productId: web1 },
      ]),
    ).toEqual([])
  })

  test.each<[RevisionChange, string]>([
    [{ kind: 'hide', productId: unknown }, 'product-not-found'],
    [{ kind: 'add', productId: web1, position: 1 }, 'already-in-catalog'],
    [{ kind: 'move', productId: cloud, position: 1 }, 'not-in-catalog'],
    [{ kind: 'price-book', priceBookId: unknown }, 'price-book-not-found'],
    [{ kind: 'price-version', priceVersionId: unknown }, 'price-version-not-found'],
    [{ kind: 'text', productId: web1, language: 'de' }, 'nothing-in-text'],
  ])('is refused at the change that cannot be made: %j', (change, problem) => {
    expect(compare([{ kind: 'show', productId: web2 }, change])).toEqual({ index: 1, problem })
  })

  test('in the reference catalog may hide a product nobody ever listed', () => {
    const revised = reviseCatalog({ ...state, isReference: true }, [{ kind: 'hide', productId: cloud }])
    expect(revised.ok && revised.value.entries.get(cloud)).toEqual({ productId: cloud, isVisible: false, position: 3 })
  })
})

test('a negative price is no revision', () => {
  const read = RevisionChanges.safeParse([
    { kind: 'price', productId: web1, priceBookId: retail, fee: { feeKind: 'recurring', unitPrice: '-1' } },
  ])
  expect(read.success || read.error.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
    ['0.fee.unitPrice', 'not-a-decimal'],
  ])
})
