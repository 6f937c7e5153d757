import { afterEach, beforeAll, expect, test } from 'vitest'
import { cloudStackUsage } from '#app/adapters/clouds/cloudstack/usage-source.ts'
import type { RawUsageRecord, UsageQuery } from '#app/ports/cloud-driver.ts'
import type { Fault } from '#tests/support/cloudstack-emulator/faults.ts'
import { apiAccounts } from '#tests/support/cloudstack-emulator/world.ts'
import { now, type OpenCloud, type OpenCloudOptions, openCloudStack } from './cloudstack-world.ts'
import { facts, readAll } from './usage-source-contract.ts'

let cloud: OpenCloud | undefined
afterEach(() => cloud?.close())

async function open(options: OpenCloudOptions): Promise<OpenCloud> {
  cloud = await openCloudStack(options)
  return cloud
}

/** A week, which with its margins is eight pages. */
const week: UsageQuery = { from: new Date('2026-10-01T00:00:00Z'), to: new Date('2026-10-08T00:00:00Z') }

/** What the usage server holds, as the adapter reads it without any fault. */
let undisturbed: string[]
beforeAll(async () => {
  const calm = await openCloudStack()
  undisturbed = facts(await readAll(calm.source, week))
  await calm.close()
})

test.each<[string, Fault]>([
  ['a storm of 500', { page: 2, kind: 'status', status: 500, times: 2 }],
  ['a 429 that says when to come back', { page: 3, kind: 'status', status: 429, retryAfterSeconds: 1, times: 2 }],
  ['a 503', { page: 1, kind: 'status', status: 503 }],
  ['malformed JSON', { page: 2, kind: 'malformed', times: 2 }],
  ['truncated JSON', { page: 4, kind: 'truncated' }],
  ['a connection cut inside the body', { page: 2, kind: 'cut' }],
  ['a page served twice', { page: 2, kind: 'repeat' }],
  ['a page missing for a moment', { page: 2, kind: 'empty' }],
  ['pages that overlap', { page: 3, kind: 'overlap' }],
  ['a slow answer', { page: 2, kind: 'slow', delayMs: 30 }],
  ['no answer within the time limit', { page: 2, kind: 'silent' }],
])('%s loses nothing and doubles nothing', async (_, fault) => {
  const { source, emulator } = await open({ faults: [fault], limits: { timeoutMs: 1_500 } })
  expect(facts(await readAll(source, week))).toEqual(undisturbed)
  expect(emulator.log.some((line) => line.fault === fault.kind)).toBe(true)
})

async function failure(options: OpenCloudOptions): Promise<{ error: unknown; read: RawUsageRecord[]; asked: number }> {
  const { source, emulator } = await open(options)
  const read: RawUsageRecord[] = []
  try {
    for await (const page of source.fetchUsage(week)) read.push(...page)
  } catch (error) {
    return { error, read, asked: emulator.log.length }
  }
  throw new Error('the fetch did not fail')
}

test.each<[string, Fault, string, number]>([
  ['a cloud that stays broken', { page: 2, kind: 'status', status: 500, times: 99 }, 'unavailable', 4],
  ['a cloud that stays busy', { page: 2, kind: 'status', status: 429, times: 99 }, 'rate-limited', 4],
  ['JSON that stays malformed', { page: 2, kind: 'malformed', times: 99 }, 'malformed-answer', 4],
  ['JSON that stays truncated', { page: 2, kind: 'truncated', times: 99 }, 'malformed-answer', 4],
  ['a cloud that falls silent', { page: 2, kind: 'silent', times: 99 }, 'timed-out', 4],
  ['a parameter the cloud refuses', { page: 2, kind: 'status', status: 431 }, 'refused', 2],
  ['a right that was taken away', { page: 2, kind: 'status', status: 531 }, 'refused', 2],
])('%s fails the fetch after its repeats, with nothing of that page', async (_, fault, code, asked) => {
  const outcome = await failure({ faults: [fault], limits: { timeoutMs: fault.kind === 'silent' ? 300 : 5_000 } })
  expect(outcome.error).toMatchObject({ name: 'CloudError', code })
  expect(outcome.read).toHaveLength(500)
  expect(outcome.asked).toBe(asked)
})

test('a wrong signature is refused once and never repeated, and names no key', async () => {
  const outcome = await failure({ secretKey: 'wrong-secret' })
  expect(outcome.error).toMatchObject({ code: 'unauthorised', status: 401, isTransient: false })
  expect(outcome.asked).toBe(1)
  const told = `${String(outcome.error)} ${JSON.stringify(outcome.error)}`
  expect(told).not.toContain('wrong-secret')
  expect(told).not.toContain(apiAccounts.root.apiKey)
})

test('a page that stays missing before a full one fails the fetch', async () => {
  const outcome = await failure({ faults: [{ page: 2, kind: 'empty', times: 99 }] })
  expect(outcome.error).toMatchObject({ code: 'page-missing' })
})

test('a listing that serves one page for ever is stopped', async () => {
  const outcome = await failure({ faults: [{ page: 2, kind: 'loop' }] })
  expect(outcome.error).toMatchObject({ code: 'paging-loop' })
  expect(outcome.asked).toBeLessThan(60)
})

test('an answer without end is cut off and not repeated', async () => {
  const outcome = await failure({ faults: [{ page: 2, kind: 'huge', times: 99 }], limits: { maxAnswerBytes: 4_000_000 } })
  expect(outcome.error).toMatchObject({ code: 'answer-too-large' })
  expect(outcome.asked).toBe(2)
})

test('a cloud that is not there is an outage', async () => {
  const { source, emulator } = await open({})
  await emulator.stop()
  await expect(readAll(source, week)).rejects.toMatchObject({ code: 'unavailable', isTransient: true })
})

test('an endpoint that is no web address is refused before any call', () => {
  const connection = { cloud: 'test', endpoint: 'file:///etc/passwd', apiKey: 'key', secretKey: 'secret' }
  expect(() => cloudStackUsage(connection, { clock: { now: () => now } })).toThrow(expect.objectContaining({ code: 'refused' }))
})
