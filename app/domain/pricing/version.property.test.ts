import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openPhases, phaseAt } from '../rating/phases.ts'
import { priceRule } from '../rating/rating.fixture.ts'
import { billingMonthAt } from '../time/billing-month.ts'
import { splitAt } from '../time/period.ts'
import { indexPrices, priceAt } from './resolve-price.ts'
import { orderVersions, versionAt } from './version.ts'

const first = Date.UTC(2026, 0, 1)
const instant = fc.integer({ min: 0, max: 400 * 24 }).map((hours) => new Date(first + hours * 3_600_000))

/** Versions that follow each other from 2026 on, the last one open. */
const versions = fc.uniqueArray(fc.integer({ min: 1, max: 399 * 24 }), { maxLength: 6 }).map((cuts) => {
  const starts = [0, ...cuts.sort((a, b) => a - b)].map((hours) => new Date(first + hours * 3_600_000))
  return starts.map((validFrom, index) => ({ id: `version-${index}`, validFrom, validTo: starts[index + 1] ?? null }))
})
type Versions = typeof versions extends fc.Arbitrary<infer T> ? T : never

const rulesOf = (list: Versions) =>
  list.map(({ id, validFrom, validTo }) => priceRule({ id: `rule-${id}`, priceVersionId: id, productId: 'web-1', validFrom, validTo }))

/** Phases that begin one after the other; each takes the newest version, or keeps one of them. */
const phasesOf = (list: Versions, cuts: readonly Date[], pins: readonly number[]) => {
  const starts = [new Date(first), ...cuts].sort((a, b) => a.getTime() - b.getTime())
  return starts.map((startsAt, index) => {
    const pin = pins[index] ?? 0
    const priceVersionId = pin === 0 ? null : (list[pin % list.length]?.id ?? null)
    return { startsAt, endsAt: starts[index + 1] ?? null, productId: 'web-1', priceVersionId }
  })
}

test('exactly one version applies at each instant, whatever the phases of a subscription', () => {
  const pins = fc.array(fc.nat(6), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(versions, fc.array(instant, { maxLength: 3 }), pins, instant, (list, cuts, wanted, at) => {
      const phases = phasesOf(list, cuts, wanted)
      const phase = phaseAt(openPhases(indexPrices(rulesOf(list)), { productId: 'web-1', phases }), at.getTime())
      const { prices } = phase.candidates('traffic.sent')
      const applying = prices.filter(({ from, to }) => from <= at.getTime() && at.getTime() < to)
      expect(applying).toHaveLength(1)

      const latest = phases.filter(({ startsAt }) => startsAt.getTime() <= at.getTime()).at(-1)
      const expected = latest?.priceVersionId ?? versionAt(list, at)?.id
      expect(priceAt(prices, at.getTime(), {})?.rule.priceVersionId).toBe(expected)
    }),
  )
})

test('each period falls into pieces of one version each, in order and without a gap', () => {
  const cycle = { zone: 'Europe/Vienna', anchorDay: 31 }
  fc.assert(
    fc.property(versions, instant, (list, at) => {
      const month = billingMonthAt(cycle, new Date(at.getTime() + 40 * 86_400_000))
      const pieces = splitAt(
        month,
        list.map(({ validFrom }) => validFrom),
      )
      const names = pieces.map(({ start, end }) => [versionAt(list, start)?.id, versionAt(list, new Date(end.getTime() - 1))?.id])
      expect(names.every(([begin, end]) => begin !== undefined && begin === end)).toBe(true)
    }),
  )
})

test('versions that leave a gap or overlap are refused, wherever it is', () => {
  fc.assert(
    fc.property(versions, fc.nat(), fc.boolean(), (list, place, isGap) => {
      expect(orderVersions(list).ok).toBe(true)
      fc.pre(list.length > 1)
      const index = place % (list.length - 1)
      const broken = list.map((version, at) => {
        if (at !== index || version.validTo === null) return version
        return { ...version, validTo: new Date(version.validTo.getTime() + (isGap ? -1 : 1)) }
      })
      expect(orderVersions(broken)).toEqual({ ok: false, error: isGap ? 'version-gap' : 'version-overlap' })
    }),
  )
})
