import { describe, expect, test } from 'vitest'
import { passwordProblem } from './password-rules.ts'

describe('a new password', () => {
  test('needs eight characters, counted as a person counts them', () => {
    expect(passwordProblem('kfzhdwq')).toBe('password-too-short')
    expect(passwordProblem('kfzhdwqp')).toBeUndefined()
    expect(passwordProblem('🦊🦊🐻🐻🦊🐻')).toBe('password-too-short')
  })

  test('may have 256 characters and no more', () => {
    expect(passwordProblem('lion maple '.repeat(23).slice(0, 256))).toBeUndefined()
    expect(passwordProblem('lion maple '.repeat(24).slice(0, 257))).toBe('password-too-long')
  })

  test('is refused when every guesser tries it first', () => {
    for (const password of ['password', 'Password123!', '12345678', 'qwertyuiop', 'Willkommen1', 'aaaaaaaaaa', 'Sommer2026']) {
      expect(passwordProblem(password), password).toBe('password-too-common')
    }
  })

  test("is refused when it is the person's own address", () => {
    expect(passwordProblem('lena.bauer@example.test', 'Lena.Bauer@example.test')).toBe('password-too-common')
    expect(passwordProblem('lena.bauer', 'lena.bauer@example.test')).toBe('password-too-common')
  })

  test('needs no capitals, digits or signs', () => {
    expect(passwordProblem('ahornblatt im wind')).toBeUndefined()
  })
})
