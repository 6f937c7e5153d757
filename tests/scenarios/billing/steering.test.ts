import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readBillingRun } from '#app/reports/billing-runs/query.server.ts'
import { createBillingRun } from '#app/services/billing/create-billing-run.server.ts'
import { draftNextParked, finaliseAllDrafts, finaliseNextDrafts, runBilling } from '#app/services/billing/run-billing.server.ts'
import { saveBillingSettings } from '#app/services/billing/save-billing-settings.server.ts'
import {
  approveBillingRun,
  lockBillingPeriod,
  pauseBillingRun,
  resumeBillingRun,
  retryParked,
  unlockBillingPeriod,
} from '#app/services/billing/steer-billing-run.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildCharges } from '#tests/support/builders.ts'
import { asPerson, type Buyer, buildBuyer, buildSeller, type Seller, used } from './seller.ts'

const anna = '019c0000-0000-7000-8000-00000000000a'
const ben = '019c0000-0000-7000-8000-00000000000b'
const usual = { changedPercent: 30, wildPercent: 200, wildSharePercent: 20, approvalAbove: {} }

let seller: Seller
let buyers: Buyer[]

beforeEach(async () => {
  setClock(fixedClock('2026-07-01T06:00:00Z'))
  seller = await buildSeller()
  buyers = []
  for (let n = 0; n < 6; n += 1) buyers.push(await buildBuyer(seller, `Customer ${n}`))
})
afterEach(() => setClock())

/** `gb` at 1.00 for every buyer on `day`; those in `odd` use what it says instead. */
async function useAll(day: string, gb: string, odd: Readonly<Record<number, string>> = {}): Promise<void> {
  await buildCharges(
    seller.tenantId,
    buyers.map((buyer, n) => used(seller, buyer, { day, gb: odd[n] ?? gb })),
  )
}

const askedBy = async (person: string, month: string) => {
  const created = await asPerson(seller.tenantId, person, (ctx) => createBillingRun(ctx, { month }))
  if (!created.ok) throw new Error(created.error)
  return { billingRunId: created.value.billingRunId }
}
const run = (input: { billingRunId: string }) => runBilling(processOf(seller.tenantId, {}), input)
const stateOf = ({ billingRunId }: { billingRunId: string }) => asOffice(seller.tenantId, (ctx) => readBillingRun(ctx, billingRunId))
const invoiceCount = async () => (await invoicesOf(seller.tenantId)).length

describe('a run whose sum is above the seller’s limit', () => {
  beforeEach(async () => {
    await asOffice(seller.tenantId, (ctx) => saveBillingSettings(ctx, { ...usual, approvalAbove: { EUR: 5_000n } }))
    await useAll('2026-06-10', '10')
  })

  test('makes no invoice before a second person lets it', async () => {
    const input = await askedBy(anna, '2026-06')
    expect(await run(input)).toEqual({ ok: true, value: { finalised: 0, isHeld: true } })
    expect(await stateOf(input)).toMatchObject({ state: 'held', heldReasons: ['above-limit'], finalised: 0 })

    const own = await asPerson(seller.tenantId, anna, (ctx) => approveBillingRun(ctx, input))
    expect(own).toEqual({ ok: false, error: 'second-person-needed' })
    expect(await asPerson(seller.tenantId, ben, (ctx) => approveBillingRun(ctx, input))).toEqual({ ok: true })
    expect(await finaliseAllDrafts(processOf(seller.tenantId, {}), input)).toBe(6)
    expect(await stateOf(input)).toMatchObject({ state: 'finished', finalised: 6 })
  })

  test('parks who comes to another total than what was approved', async () => {
    const input = await askedBy(anna, '2026-06')
    await run(input)
    await asPerson(seller.tenantId, ben, (ctx) => approveBillingRun(ctx, input))
    await buildCharges(seller.tenantId, [used(seller, buyers[0] as Buyer, { day: '2026-06-20', gb: '1' })])
    expect(await finaliseAllDrafts(processOf(seller.tenantId, {}), input)).toBe(5)
    const drafts = (await stateOf(input))?.drafts ?? []
    expect(drafts.filter(({ state }) => state === 'parked').map(({ problem }) => problem)).toEqual(['changed-since-approval'])
  })
})

test('a run stops by itself when more than a fifth of its drafts differs wildly from the month before', async () => {
  await useAll('2026-05-10', '10')
  await billMonth(seller.tenantId, '2026-05', '2026-06-01T06:00:00Z')
  setClock(fixedClock('2026-07-01T06:00:00Z'))
  await useAll('2026-06-10', '10', { 0: '400', 1: '500' })

  const input = await askedBy(anna, '2026-06')
  expect(await run(input)).toMatchObject({ value: { finalised: 0, isHeld: true } })
  const held = await stateOf(input)
  expect(held).toMatchObject({ state: 'held', heldReasons: ['wild'] })
  expect(held?.flags).toEqual([
    { flag: 'wild', count: 2 },
    { flag: 'changed', count: 2 },
  ])
  expect(await asPerson(seller.tenantId, anna, (ctx) => approveBillingRun(ctx, input))).toEqual({ ok: true })
  expect(await finaliseAllDrafts(processOf(seller.tenantId, {}), input)).toBe(6)
})

test('a paused run makes no further invoice until it is resumed, and none twice', async () => {
  await useAll('2026-06-10', '10')
  const input = await askedBy(anna, '2026-06')
  const steer = (deed: typeof pauseBillingRun) => asPerson(seller.tenantId, anna, (ctx) => deed(ctx, input))
  expect(await steer(pauseBillingRun)).toEqual({ ok: true })
  expect(await run(input)).toMatchObject({ value: { finalised: 0 } })
  expect(await finaliseNextDrafts(processOf(seller.tenantId, {}), input)).toEqual({ finalised: 0, isDone: true })
  expect(await stateOf(input)).toMatchObject({ state: 'paused' })

  expect(await steer(resumeBillingRun)).toEqual({ ok: true })
  expect(await run(input)).toMatchObject({ value: { finalised: 6 } })
  expect(await steer(resumeBillingRun)).toEqual({ ok: false, error: 'wrong-state' })
  expect(await invoiceCount()).toBe(6)
})

test('trying parked ones again makes the invoices that have become right, and touches nobody else', async () => {
  await useAll('2026-06-10', '10', { 2: '-5' })
  const input = await askedBy(anna, '2026-06')
  expect(await run(input)).toMatchObject({ value: { finalised: 5 } })
  const before = await invoicesOf(seller.tenantId)
  await buildCharges(seller.tenantId, [used(seller, buyers[2] as Buyer, { day: '2026-06-20', gb: '9' })])

  expect(await asPerson(seller.tenantId, anna, (ctx) => retryParked(ctx, input))).toEqual({ ok: true })
  const process = processOf(seller.tenantId, {})
  await draftNextParked(process, { ...input, afterContractId: null })
  expect(await finaliseAllDrafts(process, input)).toBe(1)
  const after = await invoicesOf(seller.tenantId)
  expect(after.slice(0, 5)).toEqual(before)
  expect(after[5]?.net.minor).toBe(400n)
})

test('a locked period takes no further run until somebody says why', async () => {
  await useAll('2026-06-10', '10')
  const input = await askedBy(anna, '2026-06')
  await run(input)
  const lock = () => asPerson(seller.tenantId, anna, (ctx) => lockBillingPeriod(ctx, input))
  expect(await lock()).toEqual({ ok: true })
  expect(await lock()).toEqual({ ok: false, error: 'period-locked' })
  const again = () => asPerson(seller.tenantId, anna, (ctx) => createBillingRun(ctx, { month: '2026-06' }))
  expect(await again()).toEqual({ ok: false, error: 'period-locked' })
  const unlocked = await asPerson(seller.tenantId, ben, (ctx) => unlockBillingPeriod(ctx, { ...input, reason: 'a customer was forgotten' }))
  expect(unlocked).toEqual({ ok: true })
  expect(await again()).toMatchObject({ ok: true, value: { isNew: false } })
})
