import type { BrandLook } from '#app/domain/brand/brand-content.ts'
import { accentRamp, neutralRamp, rampSteps } from './ramp.ts'
import { rolesOf, type Scheme } from './roles.ts'

const fontStacks: Readonly<Record<BrandLook['font'], string>> = {
  inter: "'Inter Variable', 'Noto Sans Arabic', system-ui, sans-serif",
  system: "system-ui, 'Noto Sans Arabic', sans-serif",
  serif: "Charter, 'Bitstream Charter', 'Sitka Text', Cambria, 'Noto Naskh Arabic', serif",
}

/** Heights of a table row and a control, and the padding of a card. */
const densities = {
  comfortable: { row: '2.75rem', control: '2.75rem', card: '1.5rem' },
  compact: { row: '2.5rem', control: '2.5rem', card: '1.25rem' },
} as const

/**
 * The CSS variables of a brand: roles (`--bg`, `--accent-fg`, …), ramps (`--accent-500`, `--neutral-200`), `--radius`, `--font`,
 * `--row-height`, `--control-height`, `--card-padding`. Dark values apply when the system asks for them, unless `<html data-scheme>` says `light` or `dark`.
 */
export function brandCss(pack: { readonly look: BrandLook }): string {
  const { look } = pack
  const dark = [...roleLines(look, 'dark'), 'color-scheme: dark;']
  return [
    block(':root', [...tokenLines(look), ...rampLines(look), ...roleLines(look, 'light'), 'color-scheme: light;']),
    block(":root[data-scheme='dark']", dark),
    `@media (prefers-color-scheme: dark) {\n${block(":root:not([data-scheme='light'])", dark)}}\n`,
  ].join('')
}

function tokenLines(look: BrandLook): string[] {
  const { row, control, card } = densities[look.density]
  const sizes = [`--row-height: ${row};`, `--control-height: ${control};`, `--card-padding: ${card};`]
  return [`--radius: ${look.radius}px;`, `--font: ${fontStacks[look.font]};`, ...sizes]
}

function rampLines(look: BrandLook): string[] {
  const accent = accentRamp(look.accent)
  const neutral = neutralRamp(look.neutralTint)
  return rampSteps.flatMap((step) => [`--accent-${step}: ${accent[step]};`, `--neutral-${step}: ${neutral[step]};`])
}

function roleLines(look: BrandLook, scheme: Scheme): string[] {
  return Object.entries(rolesOf(look, scheme)).map(([name, colour]) => `--${name}: ${colour};`)
}

function block(selector: string, lines: readonly string[]): string {
  return `${selector} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`
}
