import { wcagContrast } from 'culori'
import type { BrandLook } from '#app/domain/brand/brand-content.ts'
import { hexOf, oklchOf } from './ramp.ts'
import { interfaceContrast, type RoleName, type Roles, rolesOf, type Scheme, states, textContrast } from './roles.ts'

export type ContrastViolation = {
  readonly scheme: Scheme
  readonly foreground: RoleName
  readonly background: RoleName
  /** WCAG contrast found, and the least allowed. */
  readonly contrast: number
  readonly required: number
}

export type ContrastVerdict = {
  readonly violations: readonly ContrastViolation[]
  /** The nearest accent of the same hue with which nothing is violated; undefined when there is nothing to fix. */
  readonly fixedAccent?: string
}

type Pair = readonly [foreground: RoleName, background: RoleName, required: number]

const grounds = ['bg', 'surface', 'raised'] as const
const pairs: readonly Pair[] = [
  ...grounds.flatMap((ground): Pair[] => [
    ['text', ground, textContrast],
    ['muted', ground, textContrast],
    ['accent', ground, textContrast],
    ['border-strong', ground, interfaceContrast],
    ['focus', ground, interfaceContrast],
  ]),
  ['text', 'accent-soft', textContrast],
  ['accent', 'accent-soft', textContrast],
  ['accent-fg', 'accent', textContrast],
  ...states.flatMap((state): Pair[] => [
    [state, 'bg', textContrast],
    [state, 'surface', textContrast],
    [state, `${state}-soft`, textContrast],
    ['text', `${state}-soft`, textContrast],
    [`${state}-fg`, state, textContrast],
  ]),
]

/** Judges every pair of roles that meet on a page, in both schemes: 4.5 : 1 for text, 3 : 1 for controls and focus. */
export function guardContrast(look: BrandLook): ContrastVerdict {
  const violations = violationsOf(look)
  if (violations.length === 0) return { violations }
  return { violations, fixedAccent: darkenUntilLegible(look) }
}

/** Derived roles move with the accent, so each candidate is judged whole. */
function darkenUntilLegible(look: BrandLook): string {
  const { l, c, h } = oklchOf(look.accent)
  for (let lightness = l; lightness > 0; lightness -= 0.01) {
    const accent = hexOf(lightness, c, h)
    if (violationsOf({ ...look, accent }).length === 0) return accent
  }
  return '#000000'
}

function violationsOf(look: BrandLook): ContrastViolation[] {
  return (['light', 'dark'] as const).flatMap((scheme) => {
    const roles = rolesOf(look, scheme)
    return pairs.map((pair) => judge(roles, scheme, pair)).filter((violation) => violation.contrast < violation.required)
  })
}

function judge(roles: Roles, scheme: Scheme, [foreground, background, required]: Pair): ContrastViolation {
  return { scheme, foreground, background, contrast: wcagContrast(roles[foreground], roles[background]), required }
}
