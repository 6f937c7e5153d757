import { describe, expect, test } from 'vitest'
import { mixesScripts, skeletonOf } from './look-alike.ts'

describe('how a name looks', () => {
  test.each([
    ['раураӏ.com', 'paypal.com'],
    ['paypa1.com', 'paypal.com'],
    ['rneridian.at', 'meridian.at'],
    ['meridıan.at', 'meridian.at'],
    ['lakeside.ch', 'iakeside.ch'],
    ['ahörn.at', 'ahorn.at'],
    ['vvolke.de', 'wolke.de'],
    ['οnline.gr', 'online.gr'],
  ])('%s is taken for %s', (fake, real) => {
    expect(skeletonOf(fake)).toBe(skeletonOf(real))
  })

  test.each([
    ['ahorn.at', 'ahorn.de'],
    ['linde.at', 'lunde.at'],
    ['ahorn-hosting.at', 'ahornhosting.at'],
  ])('%s is not taken for %s', (one, other) => {
    expect(skeletonOf(one)).not.toBe(skeletonOf(other))
  })
})

test('scripts that no language writes together are noticed, label by label', () => {
  expect(['аhorn.at', 'shop.αb.at', 'ab\u05d0.at', 'aᎠ.at'].map(mixesScripts)).toEqual([true, true, true, true])
  expect(['ahorn.at', 'пример.рф', 'shop.пример.рф', '東京タワーbar.jp', 'نخلة.ae', 'shop-24.at'].map(mixesScripts)).toEqual(
    Array(6).fill(false),
  )
})
