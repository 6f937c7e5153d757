import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isFromOurPage } from './same-origin.ts'

const ours = { method: 'POST', host: 'shop.localhost:4000', origin: 'http://shop.localhost:4000', fetchSite: 'same-origin' }

test('a form of our own page passes', () => {
  expect(isFromOurPage(ours)).toBe(true)
  expect(isFromOurPage({ ...ours, fetchSite: undefined })).toBe(true)
})

test('a page of another host is refused, also of a neighbour on the same site', () => {
  expect(isFromOurPage({ ...ours, origin: 'http://evil.localhost:4000' })).toBe(false)
  expect(isFromOurPage({ ...ours, fetchSite: 'same-site' })).toBe(false)
  expect(isFromOurPage({ ...ours, fetchSite: 'cross-site' })).toBe(false)
})

test('a request without an origin is refused', () => {
  expect(isFromOurPage({ ...ours, origin: undefined })).toBe(false)
  expect(isFromOurPage({ ...ours, origin: 'null' })).toBe(false)
})

test('reading is free to everyone', () => {
  expect(isFromOurPage({ method: 'GET', host: undefined, origin: undefined, fetchSite: 'cross-site' })).toBe(true)
})

test('no page that takes a form hides where the form comes from', () => {
  const routes = readdirSync('app/routes', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'))
  const hiding = routes.filter((name) => {
    const source = readFileSync(join('app/routes', name), 'utf8')
    return source.includes('function action(') && source.includes('no-referrer')
  })
  expect(hiding).toEqual([])
})
