import { expect, test } from 'vitest'
import { canonicalJson, executorKeys, isSameKey, signatureOf } from './signing.ts'

test('the keys follow from the secret alone', () => {
  const keys = executorKeys('secret')
  expect(keys).toEqual(executorKeys('secret'))
  expect(keys.signingKey).toMatch(/^signkey-livery-[0-9a-f]{64}$/)
  expect(executorKeys('other')).not.toEqual(keys)
})

test('what is signed does not depend on the order of fields', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'ü' }], a: true, gone: undefined })).toBe('{"a":true,"b":[1,{"c":"ü","d":null}]}')
  const at = new Date('2026-03-01T12:00:00Z')
  expect(signatureOf({ a: 1, b: 2 }, 'signkey-test-key', at)).toBe(signatureOf({ b: 2, a: 1 }, 'key', at))
  expect(signatureOf({}, 'key', at)).toMatch(/^t=1772366400&s=[0-9a-f]{64}$/)
})

test('keys of different lengths differ', () => {
  expect([isSameKey('abc', 'abc'), isSameKey('abc', 'abcd'), isSameKey('', 'abc')]).toEqual([true, false, false])
})
