import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CloudError } from '../cloud-error.ts'
import { openAnswer } from './api-answer.ts'

const file = (name: string) =>
  readFileSync(new URL(`../../../../tests/support/fixtures/cloudstack/constructed.${name}.json`, import.meta.url), 'utf8')
const open = (body: string, status = 200) => openAnswer({ command: 'listUsageRecords', status, retryAfter: null, body })

function failure(body: string, status = 200): CloudError {
  try {
    open(body, status)
  } catch (error) {
    if (error instanceof CloudError) return error
    throw error
  }
  throw new Error('the answer was taken')
}

test('an empty listing is an empty object', () => {
  expect(open(file('listUsageRecords.empty')).value).toEqual({})
})

test('the envelope is the first key ending in response, whatever the command', () => {
  expect(open('{"activaterojectresponse":{"success":true}}').value).toEqual({ success: true })
  expect(open('{"disableResponse":{"success":"true"}}').value).toEqual({ success: 'true' })
})

test.each<[string, number, string, boolean]>([
  [file('error.401'), 401, 'unauthorised', false],
  [file('error.431'), 431, 'refused', false],
  ['{"xresponse":{"errorcode":530,"errortext":"x"}}', 530, 'unavailable', true],
  ['{"xresponse":{"errorcode":533,"errortext":"x"}}', 533, 'refused', false],
  ['<html>Bad gateway</html>', 502, 'unavailable', true],
  ['', 429, 'rate-limited', true],
])('%# a refusal is told by its code', (body, status, code, isTransient) => {
  expect(failure(body, status)).toMatchObject({ code, status, isTransient })
})

test('a refusal inside a successful answer is a refusal', () => {
  expect(failure(file('error.401'))).toMatchObject({ code: 'unauthorised', status: 401 })
})

test("the cloud's own words stand in the message", () => {
  expect(failure(file('error.401'), 401).message).toBe(
    'cloudstack listUsageRecords: unauthorised (401): unable to verify user credentials and/or request signature',
  )
})

test.each(['', 'null', '[]', '{}', '{"x":1}', '{"xresponse":', '{"xresponse":[]}', '{"xresponse":null}'])(
  '%j is malformed, and may be asked for again',
  (body) => {
    expect(failure(body)).toMatchObject({ code: 'malformed-answer', isTransient: true })
  },
)
