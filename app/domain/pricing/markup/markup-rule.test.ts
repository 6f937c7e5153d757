import { expect, test } from 'vitest'
import { type MarkupScope, pickMarkup } from './markup-rule.ts'

const rule = (name: string, scope: Partial<MarkupScope>, position = 1) => ({
  name,
  position,
  productId: null,
  productGroup: null,
  feeKind: null,
  ...scope,
})
const general = rule('general', {})
const generalSetup = rule('general setup', { feeKind: 'setup' })
const group = rule('group', { productGroup: 'web' })
const groupSetup = rule('group setup', { productGroup: 'web', feeKind: 'setup' })
const product = rule('product', { productId: 'web-1' })
const all = [general, generalSetup, group, groupSetup, product]

const pick = (rules: readonly ReturnType<typeof rule>[], feeKind: 'setup' | 'recurring', productId = 'web-2', productGroup = 'web') =>
  pickMarkup(rules, { productId, productGroup, feeKind })?.name

test('a rule of the product comes before one of its group, and that before a general one', () => {
  expect(pick(all, 'recurring', 'web-1')).toBe('product')
  expect(pick(all, 'recurring')).toBe('group')
  expect(pick(all, 'recurring', 'cloud-s', 'cloud')).toBe('general')
})

test('a rule of the kind of fee comes before one of all kinds, but never before a nearer scope', () => {
  expect(pick(all, 'setup')).toBe('group setup')
  expect(pick(all, 'setup', 'cloud-s', 'cloud')).toBe('general setup')
  expect(pick(all, 'setup', 'web-1')).toBe('product')
})

test('between equals the earlier in the list counts', () => {
  expect(pick([rule('second', {}, 2), rule('first', {}, 1)], 'recurring')).toBe('first')
})

test('no rule that fits is no price', () => {
  expect(pick([generalSetup, product], 'recurring')).toBeUndefined()
})
