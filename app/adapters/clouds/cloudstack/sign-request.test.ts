import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { signature, signedForm, stringToSign } from './sign-request.ts'

type Vectors = { secretkey: string; vectors: { params: Record<string, string>; stringToSign: string; signature: string }[] }
const fixture = new URL('../../../../tests/support/fixtures/cloudstack/signature-vectors.json', import.meta.url)
const { secretkey, vectors } = JSON.parse(readFileSync(fixture, 'utf8')) as Vectors

test('there are four known signatures to reproduce', () => {
  expect(vectors).toHaveLength(4)
})

test.each(vectors)('the signature of $params.command with its values is $signature', (vector) => {
  expect(stringToSign(vector.params)).toBe(vector.stringToSign)
  expect(signature(vector.params, secretkey)).toBe(vector.signature)
})

test('parameters are sorted before their case is lowered', () => {
  expect(stringToSign({ b: '1', C: '2', a: '3' })).toBe('c=2&a=3&b=1')
})

test('a signed call expires ten minutes from now and never carries the secret', () => {
  const form = signedForm({
    parameters: { command: 'listUsageRecords' },
    apiKey: 'key',
    secretKey: 'canary',
    now: new Date('2026-11-20T13:50:00.999Z'),
  })
  expect(form).toContain('&signatureversion=3&expires=2026-11-20T14%3A00%3A00%2B0000&signature=')
  expect(form).not.toContain('canary')
})
