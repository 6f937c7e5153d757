import { expect, test } from 'vitest'
import { type Press, readPress } from './shortcut-keys.ts'

const press = (key: string, facts: Partial<Press> = {}): Press => ({
  key,
  code: /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : '',
  hasControl: false,
  hasAlt: false,
  isTyping: false,
  ...facts,
})
const deedOf = (key: string, facts: Partial<Press> = {}, isAfterG = false) => readPress(press(key, facts), { isAfterG }).deed

test('single keys search, list the keys and create', () => {
  expect(['/', '?', 'c'].map((key) => deedOf(key))).toEqual(['search', 'keys', 'create'])
})

test('after a g a letter opens a page, and is nothing else', () => {
  expect(readPress(press('g'), { isAfterG: false })).toEqual({ deed: null, begins: true })
  expect(['o', 's', 'b'].map((key) => deedOf(key, {}, true))).toEqual(['overview', 'servers', 'billing'])
  expect(['c', '/', 'x'].map((key) => deedOf(key, {}, true))).toEqual([null, null, null])
  expect(['o', 's', 'b'].map((key) => deedOf(key))).toEqual([null, null, null])
})

test('a second g begins anew', () => {
  expect(readPress(press('g'), { isAfterG: true })).toEqual({ deed: null, begins: true })
})

test('while text is typed letters are letters', () => {
  for (const key of ['/', '?', 'c', 'g'])
    expect(readPress(press(key, { isTyping: true }), { isAfterG: false })).toEqual({ deed: null, begins: false })
  expect(deedOf('s', { isTyping: true }, true)).toBeNull()
})

test('with a modifier keys are the browser’s own, but for Ctrl+K', () => {
  expect(deedOf('k', { hasControl: true })).toBe('search')
  expect(deedOf('k', { hasControl: true, isTyping: true })).toBe('search')
  expect(deedOf('k', { hasControl: true, hasAlt: true })).toBeNull()
  for (const key of ['c', 'g', '/', 's']) expect([deedOf(key, { hasControl: true }), deedOf(key, { hasAlt: true })]).toEqual([null, null])
})

test('capitals mean nothing', () => {
  expect([deedOf('C', { code: 'KeyC' }), readPress(press('G', { code: 'KeyG' }), { isAfterG: false }).begins]).toEqual([null, false])
})

test('on an Arabic keyboard the places of the letters count, and its own question mark', () => {
  expect(deedOf('ؤ', { code: 'KeyC' })).toBe('create')
  expect(deedOf('س', { code: 'KeyS' }, true)).toBe('servers')
  expect(deedOf('؟', { code: 'Slash' })).toBe('keys')
  expect(deedOf('ن', { code: 'KeyK', hasControl: true })).toBe('search')
})
