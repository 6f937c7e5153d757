import { expect, test } from 'vitest'
import { brandCss } from './brand-css.ts'

const css = brandCss({ look: { accent: '#0f6f78', neutralTint: '#4f6b70', radius: 12, font: 'inter', density: 'compact' } })

test('the accent a brand typed is the accent of the light page', () => {
  expect(css).toContain(':root {\n  --radius: 12px;')
  expect(css).toContain('  --accent: #0f6f78;\n')
})

test('dark values follow the system unless the page says light, and the page can ask for dark', () => {
  expect(css).toContain(":root[data-scheme='dark'] {\n  --bg: #")
  expect(css).toContain("@media (prefers-color-scheme: dark) {\n:root:not([data-scheme='light']) {\n  --bg: #")
})

test('both ramps have eleven steps', () => {
  expect(css.match(/--accent-\d+:/g)).toHaveLength(11)
  expect(css.match(/--neutral-\d+:/g)).toHaveLength(11)
})

test('a compact brand has lower rows than a comfortable one', () => {
  expect(css).toContain('--row-height: 2.5rem;')
})
