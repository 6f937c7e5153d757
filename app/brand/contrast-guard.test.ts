import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BrandLook } from '#app/domain/brand/brand-content.ts'
import { guardContrast } from './contrast-guard.ts'

const look = (accent: string, neutralTint = '#808080'): BrandLook => ({ accent, neutralTint, radius: 6, font: 'inter', density: 'compact' })

describe('contrast guard', () => {
  test('a yellow accent is refused with the pair, the contrast found and the contrast required', () => {
    const { violations } = guardContrast(look('#ffd800'))
    expect(violations.map(({ scheme, foreground, background, required }) => [scheme, foreground, background, required])).toEqual([
      ['light', 'accent', 'bg', 4.5],
      ['light', 'accent', 'surface', 4.5],
      ['light', 'accent', 'raised', 4.5],
      ['light', 'accent', 'accent-soft', 4.5],
    ])
    expect(violations[1]?.contrast).toBeCloseTo(1.39, 2)
  })

  test('the proposal for the yellow accent is a dark yellow that passes', () => {
    const { fixedAccent } = guardContrast(look('#ffd800'))
    expect(fixedAccent).toBe('#7f6a00')
    expect(guardContrast(look('#7f6a00')).violations).toEqual([])
  })

  test('a legible accent is left as typed and gets no proposal', () => {
    expect(guardContrast(look('#96341f', '#7a5a4c'))).toEqual({ violations: [] })
  })

  test('whatever two colours a brand types, it passes or the proposal passes', () => {
    const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)
    fc.assert(
      fc.property(colour, colour, (accent, tint) => {
        const verdict = guardContrast(look(accent, tint))
        return verdict.violations.length === 0 || guardContrast(look(verdict.fixedAccent ?? accent, tint)).violations.length === 0
      }),
      { numRuns: 60 },
    )
  })
})
