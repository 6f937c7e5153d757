import { expect, test } from 'vitest'
import { safePath } from './redirects.server.ts'

test('a path of this host is kept with its query', () => {
  expect(safePath('/panel/invoices?status=open', '/')).toBe('/panel/invoices?status=open')
})

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', null, '/a\\b', '/a\nb'])(
  '%j goes nowhere else',
  (target) => {
    expect(safePath(target, '/panel')).toBe('/panel')
  },
)
