import { expect, test } from 'vitest'
import { orderVersions, versionAt } from './version.ts'

const at = (month: number) => new Date(Date.UTC(2026, month - 1, 1))
const version = (id: string, from: number, to: number | null) => ({ id, validFrom: at(from), validTo: to === null ? null : at(to) })

test('versions that follow each other are taken in order of time', () => {
  const ordered = orderVersions([version('b', 4, null), version('a', 1, 4)])
  expect(ordered.ok && ordered.value.map((one) => one.id)).toEqual(['a', 'b'])
})

test('the instant of a change belongs to the new version', () => {
  const versions = [version('a', 1, 4), version('b', 4, null)]
  expect(versionAt(versions, at(4))?.id).toBe('b')
  expect(versionAt(versions, new Date(at(4).getTime() - 1))?.id).toBe('a')
  expect(versionAt(versions, new Date(at(1).getTime() - 1))).toBeUndefined()
})

test('overlaps, gaps and versions without duration are refused', () => {
  expect(orderVersions([version('a', 1, 5), version('b', 4, null)])).toEqual({ ok: false, error: 'version-overlap' })
  expect(orderVersions([version('a', 1, null), version('b', 4, null)])).toEqual({ ok: false, error: 'version-overlap' })
  expect(orderVersions([version('a', 1, 3), version('b', 4, null)])).toEqual({ ok: false, error: 'version-gap' })
  expect(orderVersions([version('a', 3, 3)])).toEqual({ ok: false, error: 'empty-version' })
})
