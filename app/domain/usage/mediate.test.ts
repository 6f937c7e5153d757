import { describe, expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { type MediationFacts, type MediationOutcome, mediateUsage } from './mediate.ts'
import type { MediationInput } from './mediation-input.ts'

const at = (text: string) => new Date(`2026-06-${text}:00Z`)
const ahorn = { accountId: 'account-ahorn', subscriptionId: null }
const facts: MediationFacts = {
  mappings: [{ kind: 'domain', ref: 'ROOT/ahorn', owner: ahorn }],
  resources: new Map(),
  seen: [],
  billedServerMeter: 'running',
  now: at('20T12:00'),
}

/** A server of Ahorn's domain that ran all of 10 June. */
const ran: MediationInput = {
  contentKey: 'key-1',
  usageType: '1',
  quantity: '24',
  windowStart: at('10T00:00'),
  windowEnd: at('11T00:00'),
  resourceRef: 'server-1',
  resourceName: 'shop-01',
  owner: { accountId: 'cloud-account', domainPath: 'ROOT/ahorn/linde' },
  dimensions: { zone: 'vienna' },
}
const sent: MediationInput = { ...ran, usageType: '4', quantity: '2500000000', resourceRef: 'router-1' }

const judge = (changes: Partial<MediationInput>, more: Partial<MediationFacts> = {}, base = ran) =>
  summary(mediateUsage([{ ...base, ...changes }], { ...facts, ...more }))
const summary = ([outcome]: readonly MediationOutcome[]) => {
  if (!outcome) return undefined
  return outcome.outcome === 'accepted'
    ? `${outcome.usage.quantity} ${outcome.usage.unit} of ${outcome.usage.meter} for ${outcome.usage.owner.accountId}`
    : `${outcome.outcome}: ${outcome.reason}`
}

describe('a record becomes usage with owner, meter and unit', () => {
  test('hours of a server', () => expect(judge({})).toBe('24 hour of server.running for account-ahorn'))
  test('bytes become GB', () => expect(judge({}, {}, sent)).toBe('2.5 GB of traffic.sent for account-ahorn'))
  test('a volume counts size by hours', () => {
    expect(judge({ usageType: '6', dimensions: { sizeBytes: '10737418240' } })).toBe('240 GiB-hour of volume for account-ahorn')
  })
  test('nothing used is a fact too', () => expect(judge({ quantity: '0' })).toBe('0 hour of server.running for account-ahorn'))
})

describe('what cannot be billed is set aside with a reason', () => {
  test.each<[string, Partial<MediationInput>]>([
    ['malformed-record', { problem: 'malformed-record' }],
    ['unreadable-date', { problem: 'unreadable-date' }],
    ['unreadable-date', { windowEnd: new Date(Number.NaN) }],
    ['unreadable-quantity', { quantity: undefined }],
    ['unreadable-quantity', { quantity: '8,00' }],
    ['unreadable-quantity', { quantity: '1e999' }],
    ['unknown-usage-type', { usageType: '99' }],
    ['missing-dimension', { usageType: '6' }],
    ['negative-quantity', { quantity: '-0.5' }],
    ['impossible-quantity', { usageType: '16', dimensions: { cpuNumber: '90000000000000000000' } }],
    ['impossible-quantity', { quantity: '24.01' }],
    ['empty-window', { windowEnd: at('10T00:00') }],
    ['empty-window', { windowEnd: at('09T00:00') }],
    ['window-too-long', { windowStart: new Date('2024-01-01T00:00:00Z') }],
    ['future-window', { windowEnd: at('21T00:00') }],
    ['unmapped-owner', { owner: { domainPath: 'ROOT/ahornblatt' } }],
  ])('%s', (reason, changes) => expect(judge(changes)).toBe(`quarantined: ${reason}`))

  test('more bytes than any network carries', () =>
    expect(judge({ quantity: '4320000000000001' }, {}, sent)).toBe('quarantined: impossible-quantity'))
})

describe('float noise of the cloud is not billed', () => {
  test('24.000008 hours of a day are 24', () =>
    expect(judge({ quantity: '24.000008' })).toBe('24 hour of server.running for account-ahorn'))
  test('23.999998 stays as measured', () =>
    expect(judge({ quantity: '23.999998' })).toBe('23.999998 hour of server.running for account-ahorn'))
})

describe('a deleted resource', () => {
  const deleted = (text: string) => ({ resources: new Map([['server-1', { deletedAt: at(text) }]]) })
  test('is not used after its deletion', () => expect(judge({}, deleted('09T12:00'))).toBe('quarantined: used-after-deletion'))
  test('is not used from the very instant of its deletion', () =>
    expect(judge({}, deleted('10T00:00'))).toBe('quarantined: used-after-deletion'))
  test('is billed until its deletion', () => expect(judge({}, deleted('10T06:00'))).toBe('6 hour of server.running for account-ahorn'))
})

describe('running and allocated hours of a server', () => {
  test('are not billed both', () => expect(judge({ usageType: '2' })).toBe('dropped: unbilled-vm-meter'))
  test('are billed as the cloud connection says', () => {
    expect(judge({ usageType: '2' }, { billedServerMeter: 'allocated' })).toBe('24 hour of server.allocated for account-ahorn')
    expect(judge({}, { billedServerMeter: 'allocated' })).toBe('dropped: unbilled-vm-meter')
  })
})

describe('several records of one resource', () => {
  const outcomes = (records: MediationInput[], more: Partial<MediationFacts> = {}) =>
    mediateUsage(records, { ...facts, ...more }).map((outcome) => outcome.outcome)

  test('a resize in the middle of the day gives two that fit together', () => {
    expect(
      outcomes([
        { ...ran, quantity: '10' },
        { ...ran, contentKey: 'key-2', quantity: '14' },
      ]),
    ).toEqual(['accepted', 'accepted'])
  })
  test('more hours together than the day has are impossible', () => {
    expect(
      outcomes([
        { ...ran, quantity: '20' },
        { ...ran, contentKey: 'key-2', quantity: '14' },
      ]),
    ).toEqual(['accepted', 'quarantined'])
  })
  test('windows of another cut over the same time are impossible, the next day is not', () => {
    const shifted = { ...ran, contentKey: 'key-2', windowStart: at('10T12:00'), windowEnd: at('11T12:00') }
    const next = { ...ran, contentKey: 'key-3', windowStart: at('11T00:00'), windowEnd: at('12T00:00') }
    expect(outcomes([ran, shifted, next])).toEqual(['accepted', 'quarantined', 'accepted'])
  })
  test('what an earlier batch brought counts, the former report of the same fact does not', () => {
    const seen = [
      { key: 'server.running|server-1', contentKey: 'key-1', start: at('10T00:00'), end: at('11T00:00'), hours: new Decimal(20) },
    ]
    expect(outcomes([{ ...ran, contentKey: 'key-2', quantity: '10' }], { seen })).toEqual(['quarantined'])
    expect(outcomes([{ ...ran, quantity: '22' }], { seen })).toEqual(['accepted'])
  })
  test('the same fact twice counts once', () => expect(outcomes([ran, ran])).toEqual(['accepted', 'dropped']))
  test('a report that is refused leaves the fact to the next report of it', () => {
    expect(outcomes([{ ...ran, quantity: '26' }, ran, ran])).toEqual(['quarantined', 'accepted', 'dropped'])
  })
  test('a server on three networks uses three network offerings at once', () => {
    const offering = (contentKey: string) => ({ ...ran, contentKey, usageType: '13' })
    expect(outcomes([offering('a'), offering('b'), offering('c')])).toEqual(['accepted', 'accepted', 'accepted'])
  })
})
