import { expect, test } from 'vitest'
import { catalogs } from '#app/i18n/catalogs.server.ts'
import { brandWordKeys, problemOfWord } from './brand-words.ts'

test('every word that may be replaced exists in each language, with the placeholders that are asked of its replacement', () => {
  for (const texts of Object.values(catalogs)) {
    for (const [key, placeholders] of Object.entries(brandWordKeys)) {
      const [namespace = '', path = ''] = key.split(':')
      const text = path.split('.').reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], texts[namespace as 'common'])
      expect([key, typeof text]).toEqual([key, 'string'])
      const found = [...String(text).matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1])
      expect([key, found]).toEqual([key, placeholders])
    }
  }
})

test.each([
  ['panel:nav.servers', 'VPS', null],
  ['panel:needs.server', '{{name}} ist gescheitert.', null],
  ['panel:needs.server', 'Gescheitert.', 'placeholders'],
  ['panel:nav.servers', '{{name}}', 'placeholders'],
  ['panel:nav.servers', '{{- name}}', 'placeholders'],
  ['panel:nav.servers', 'a { b', 'placeholders'],
  ['panel:nav.servers', '$t(common:nav.office)', 'plain-text'],
  ['panel:nav.servers', '<b>VPS</b>', 'plain-text'],
  ['panel:nav.servers', 'two\nlines', 'plain-text'],
  ['panel:nav.servers', 'x'.repeat(241), 'too-long'],
  ['office:title', 'Desk', 'unknown-word'],
  ['constructor', 'Desk', 'unknown-word'],
])('%s as "%s" is answered with %s', (key, word, problem) => {
  expect(problemOfWord(key, word)).toBe(problem)
})
