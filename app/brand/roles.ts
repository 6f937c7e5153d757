import { wcagContrast } from 'culori'
import type { BrandLook } from '#app/domain/brand/brand-content.ts'
import { accentRamp, hexOf, neutralRamp, oklchOf, type Ramp } from './ramp.ts'

export type Scheme = 'light' | 'dark'

export const states = ['positive', 'warning', 'critical', 'info'] as const
export type State = (typeof states)[number]

/**
 * Colours by what they are for. `accent` and each state are legible as text on `bg`, `surface` and their own `-soft`;
 * `-fg` is the text on the full colour.
 */
export type RoleName =
  | 'bg'
  | 'surface'
  | 'raised'
  | 'border'
  | 'border-strong'
  | 'text'
  | 'muted'
  | 'accent'
  | 'accent-fg'
  | 'accent-soft'
  | 'focus'
  | State
  | `${State}-soft`
  | `${State}-fg`
export type Roles = Readonly<Record<RoleName, string>>

/** Contrast WCAG asks of text, and of the edges of controls. */
export const textContrast = 4.5
export const interfaceContrast = 3

/** State hues stay what people know; only their strength follows the brand. */
const stateHue: Readonly<Record<State, number>> = { positive: 152, warning: 72, critical: 26, info: 245 }

/** All roles of `look` in one scheme. Only `accent` in the light scheme is taken as typed: the guard judges it. */
export function rolesOf(look: BrandLook, scheme: Scheme): Roles {
  const neutral = neutralRamp(look.neutralTint)
  const accent = accentRamp(look.accent)
  return scheme === 'light' ? lightRoles(look.accent, neutral, accent) : darkRoles(look.accent, neutral, accent)
}

function lightRoles(typedAccent: string, neutral: Ramp, accent: Ramp): Roles {
  const page = { bg: neutral[50], surface: '#ffffff', raised: '#ffffff', border: neutral[200], text: neutral[950] }
  const soft = accent[100]
  return {
    ...page,
    'border-strong': legible(neutral[400], [page.bg, page.surface], interfaceContrast, 'darker'),
    muted: legible(neutral[600], [page.bg, page.surface, neutral[100]], textContrast, 'darker'),
    accent: typedAccent,
    'accent-fg': foregroundOn(typedAccent, neutral),
    'accent-soft': soft,
    focus: legible(accent[600], [page.bg, page.surface, soft], interfaceContrast, 'darker'),
    ...stateRoles(oklchOf(typedAccent).c, 'light', [page.bg, page.surface], neutral),
  }
}

function darkRoles(typedAccent: string, neutral: Ramp, accent: Ramp): Roles {
  const { c, h } = oklchOf(neutral[900])
  const page = {
    bg: hexOf(0.165, c, h),
    surface: hexOf(0.205, c, h),
    raised: hexOf(0.25, c, h),
    border: hexOf(0.31, c, h),
    text: neutral[100],
  }
  const brand = oklchOf(typedAccent)
  const soft = hexOf(0.29, brand.c * 0.5, brand.h)
  const grounds = [page.bg, page.surface, page.raised]
  const lit = legible(accent[400], [...grounds, soft], textContrast, 'lighter')
  return {
    ...page,
    'border-strong': legible(neutral[600], grounds, interfaceContrast, 'lighter'),
    muted: legible(neutral[400], grounds, textContrast, 'lighter'),
    accent: lit,
    'accent-fg': foregroundOn(lit, neutral),
    'accent-soft': soft,
    focus: legible(accent[400], [...grounds, soft], interfaceContrast, 'lighter'),
    ...stateRoles(brand.c, 'dark', grounds, neutral),
  }
}

type StateRoles = Pick<Roles, State | `${State}-soft` | `${State}-fg`>

function stateRoles(brandChroma: number, scheme: Scheme, grounds: readonly string[], neutral: Ramp): StateRoles {
  const chroma = Math.min(Math.max(brandChroma, 0.09), 0.16)
  const entries = states.flatMap((state) => {
    const hue = stateHue[state]
    const soft = scheme === 'light' ? hexOf(0.955, chroma * 0.28, hue) : hexOf(0.29, chroma * 0.4, hue)
    const full =
      scheme === 'light'
        ? legible(hexOf(0.52, chroma, hue), [...grounds, soft], textContrast, 'darker')
        : legible(hexOf(0.76, chroma, hue), [...grounds, soft], textContrast, 'lighter')
    return [
      [state, full],
      [`${state}-soft`, soft],
      [`${state}-fg`, foregroundOn(full, neutral)],
    ]
  })
  return Object.fromEntries(entries) as StateRoles
}

/** White or the darkest neutral, whichever stands out more. */
function foregroundOn(colour: string, neutral: Ramp): string {
  return wcagContrast('#ffffff', colour) >= wcagContrast(neutral[950], colour) ? '#ffffff' : neutral[950]
}

/** `colour`, moved in lightness only, by the least that reaches `contrast` against all `grounds`. */
function legible(colour: string, grounds: readonly string[], contrast: number, direction: 'darker' | 'lighter'): string {
  const { l, c, h } = oklchOf(colour)
  const step = direction === 'darker' ? -0.005 : 0.005
  for (let moved = 0; moved <= 200; moved += 1) {
    const candidate = moved === 0 ? colour : hexOf(Math.min(1, Math.max(0, l + step * moved)), c, h)
    if (grounds.every((ground) => wcagContrast(candidate, ground) >= contrast)) return candidate
  }
  return direction === 'darker' ? '#000000' : '#ffffff'
}
