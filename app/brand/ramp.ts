import { clampChroma, converter, formatHex, type Oklch } from 'culori'

export const rampSteps = [50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950] as const
export type RampStep = (typeof rampSteps)[number]
export type Ramp = Readonly<Record<RampStep, string>>

/** Perceived lightness of each step: even for the eye, so that two ramps can be mixed on one page. */
const lightness: PerStep = {
  50: 0.982,
  100: 0.955,
  200: 0.912,
  300: 0.85,
  400: 0.76,
  500: 0.66,
  600: 0.565,
  700: 0.478,
  800: 0.395,
  900: 0.315,
  950: 0.225,
}
/** Share of the brand's chroma a step carries: pale and dark ends hold less colour. */
const chromaShare: PerStep = {
  50: 0.14,
  100: 0.26,
  200: 0.45,
  300: 0.68,
  400: 0.9,
  500: 1,
  600: 1,
  700: 0.92,
  800: 0.8,
  900: 0.66,
  950: 0.48,
}
type PerStep = Readonly<Record<RampStep, number>>

/** Neutral grey may lean towards the tint, never become a colour. */
const greatestNeutralChroma = 0.014

const toOklch = converter('oklch')

/** `colour` in OKLCH; a grey has hue 0. */
export function oklchOf(colour: string): Required<Pick<Oklch, 'l' | 'c' | 'h'>> {
  const { l, c, h } = toOklch(colour) ?? { l: 0, c: 0, h: 0 }
  return { l, c, h: h ?? 0 }
}

/** The sRGB hex of an OKLCH colour, its chroma lowered until the screen can show it. */
export function hexOf(l: number, c: number, h: number): string {
  return formatHex(clampChroma({ mode: 'oklch', l, c, h }, 'oklch'))
}

/** Eleven steps of the accent's hue. */
export function accentRamp(accent: string): Ramp {
  const { c, h } = oklchOf(accent)
  return ramp((step) => hexOf(lightness[step], c * chromaShare[step], h))
}

/** Eleven greys with a breath of the tint. */
export function neutralRamp(tint: string): Ramp {
  const { c, h } = oklchOf(tint)
  const chroma = Math.min(c, greatestNeutralChroma)
  return ramp((step) => hexOf(lightness[step], chroma * (step < 200 ? 0.5 : 1), h))
}

function ramp(colourOf: (step: RampStep) => string): Ramp {
  return Object.fromEntries(rampSteps.map((step) => [step, colourOf(step)])) as Record<RampStep, string>
}
