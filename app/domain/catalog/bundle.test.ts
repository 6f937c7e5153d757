import { describe, expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { type BundleItem, checkBundle, itemsOfOrder, type MemberRole } from './bundle.ts'

const member = (bundleId: string, memberId: string, role: MemberRole = 'included', quantity = '1', position = 1): BundleItem => ({
  bundleId,
  memberId,
  role,
  quantity: new Decimal(quantity),
  position,
})
const trafficMax = [
  member('traffic-max', 'nginx', 'complimentary'),
  member('traffic-max', 'monitoring', 'included', '1', 2),
  member('traffic-max', 'backup', 'optional', '1', 3),
]
const order = (chosen: readonly string[], items = trafficMax, quantity = '1') => {
  const ordered = itemsOfOrder({ productId: 'traffic-max', quantity: new Decimal(quantity), bundleItems: items, chosen })
  return ordered.ok ? ordered.value.map((item) => `${item.role} ${item.quantity.toFixed()} ${item.productId}`) : ordered.error
}

describe('an order of a bundle', () => {
  test('Traffic Max brings nginx and monitoring along, and backup only when it is chosen', () => {
    expect(order([])).toEqual(['main 1 traffic-max', 'included 1 nginx', 'included 1 monitoring'])
    expect(order(['backup'])).toEqual(['main 1 traffic-max', 'included 1 nginx', 'included 1 monitoring', 'add-on 1 backup'])
  })

  test('three bundles bring three of each member', () => {
    expect(order(['backup'], [...trafficMax, member('traffic-max', 'address', 'included', '2', 4)], '3')).toEqual([
      'main 3 traffic-max',
      'included 3 nginx',
      'included 3 monitoring',
      'included 6 address',
      'add-on 3 backup',
    ])
  })

  test('a bundle inside a bundle brings its own members, and a member of both comes once', () => {
    const nested = [
      ...trafficMax,
      member('traffic-max', 'office', 'included', '2', 5),
      member('office', 'mail', 'included', '10'),
      member('office', 'nginx'),
    ]
    expect(order([], nested)).toEqual([
      'main 1 traffic-max',
      'included 3 nginx',
      'included 1 monitoring',
      'included 2 office',
      'included 20 mail',
    ])
  })

  test('an option that is not offered is refused; one that is included already adds nothing', () => {
    expect(order(['firewall'])).toBe('option-not-offered')
    expect(order(['nginx'])).toEqual(order([]))
  })

  test('a product without members is itself', () => {
    expect(order([], [])).toEqual(['main 1 traffic-max'])
  })
})

describe('what a bundle may contain', () => {
  test('a bundle that contains itself is refused, also through two others', () => {
    expect(checkBundle('a', [member('a', 'a')], [])).toEqual({ ok: false, error: 'contains-itself' })
    expect(checkBundle('a', [member('a', 'b')], [member('b', 'c'), member('c', 'a')])).toEqual({ ok: false, error: 'contains-itself' })
  })

  test('what the bundle contained before does not count', () => {
    expect(checkBundle('a', [member('a', 'b')], [member('a', 'c'), member('c', 'a')]).ok).toBe(true)
  })

  test('a member that comes twice, and none of it, are refused', () => {
    expect(checkBundle('a', [member('a', 'b'), member('a', 'b', 'optional')], [])).toEqual({ ok: false, error: 'member-twice' })
    expect(checkBundle('a', [member('a', 'b', 'included', '0')], [])).toEqual({ ok: false, error: 'quantity-not-positive' })
  })

  test('two bundles may share a member', () => {
    expect(checkBundle('a', [member('a', 'nginx')], [member('b', 'nginx')]).ok).toBe(true)
  })
})
