import { expect, test } from 'vitest'
import { localeOf, matchLanguage } from './languages.ts'

test('a regional wish is met by its language', () => {
  expect(matchLanguage('fr-CH, de;q=0.8', ['de', 'fr', 'en'])).toBe('fr')
})

test('the better wish wins over the earlier one, and a wish of quality 0 is none', () => {
  expect(matchLanguage('en;q=0.4, ar;q=0.9', ['en', 'ar'])).toBe('ar')
  expect(matchLanguage('ar;q=0, en', ['ar', 'en'])).toBe('en')
})

test('a Portuguese reader is met by the Portuguese of Brazil, a Chinese one only in the script that he reads', () => {
  expect(matchLanguage('pt-PT, en;q=0.5', ['en', 'pt-BR'])).toBe('pt-BR')
  expect(matchLanguage('zh-CN, en;q=0.5', ['en', 'zh-Hans'])).toBe('zh-Hans')
  expect(matchLanguage('zh-TW, en;q=0.5', ['zh-Hans', 'en'])).toBe('en')
})

test('what is no language asks for none', () => {
  expect(matchLanguage('*, ;q=1, -, en', ['de', 'en'])).toBe('en')
})

test('without a match the first language of the store stands', () => {
  expect(matchLanguage('ja', ['de', 'en'])).toBe('de')
  expect(matchLanguage(null, ['ar', 'en'])).toBe('ar')
})

test("formats follow the seller's country and write Latin digits", () => {
  expect(localeOf('ar', 'AE')).toBe('ar-AE-u-nu-latn')
  expect(localeOf('pt-BR', 'PT')).toBe('pt-PT-u-nu-latn')
  expect(localeOf('zh-Hans', 'CH')).toBe('zh-Hans-CH-u-nu-latn')
})
