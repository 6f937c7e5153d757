import { afterEach, beforeEach, expect } from 'vitest'

const noise: string[] = []
const original = { warn: console.warn, error: console.error }

beforeEach(() => {
  noise.length = 0
  console.warn = (...parts) => void noise.push(parts.join(' '))
  console.error = (...parts) => void noise.push(parts.join(' '))
})

afterEach(() => {
  Object.assign(console, original)
  expect(noise, 'console noise').toEqual([])
})
