import { expect, test } from 'vitest'
import { isNewTo, newsProblem, standingOf, textFor } from './news.ts'

const at = (day: string) => new Date(`${day}T08:00:00Z`)
const published = { state: 'published', showsFrom: at('2026-06-10'), showsUntil: at('2026-06-20') } as const

test('news is shown from its first instant until before its last', () => {
  expect(standingOf(published, at('2026-06-09'))).toBe('planned')
  expect(standingOf(published, at('2026-06-10'))).toBe('shown')
  expect(standingOf(published, new Date('2026-06-20T07:59:59Z'))).toBe('shown')
  expect(standingOf(published, at('2026-06-20'))).toBe('over')
  expect(standingOf({ ...published, showsUntil: null }, at('2036-06-20'))).toBe('shown')
})

test('nobody reads a draft, nor what was withdrawn', () => {
  expect(standingOf({ ...published, state: 'draft' }, at('2026-06-12'))).toBe('draft')
  expect(standingOf({ ...published, state: 'withdrawn' }, at('2026-06-12'))).toBe('withdrawn')
})

test('a reader gets the language of the page, else the store’s, else the one there is', () => {
  const texts = { de: { title: 'Neu', text: 'Neue Tarife.' }, fr: { title: 'Nouveau', text: 'Nouvelles offres.' } }
  expect(textFor(texts, ['fr', 'de'])?.title).toBe('Nouveau')
  expect(textFor(texts, ['en', 'de'])).toEqual({ language: 'de', title: 'Neu', text: 'Neue Tarife.' })
  expect(textFor({ ar: { title: 'جديد', text: 'خطط' } }, ['en', 'de'])?.language).toBe('ar')
  expect(textFor({}, ['en'])).toBeNull()
})

test('what appeared after a person read last is new to that person', () => {
  const news = { showsFrom: at('2026-06-10'), publishedAt: at('2026-06-01') }
  expect(isNewTo(news, at('2026-06-09'), at('2026-06-12'))).toBe(true)
  expect(isNewTo(news, at('2026-06-10'), at('2026-06-12'))).toBe(false)
})

test('what is published with an earlier day appears when it is published', () => {
  expect(isNewTo({ showsFrom: at('2026-05-01'), publishedAt: at('2026-06-10') }, at('2026-06-09'), at('2026-06-12'))).toBe(true)
})

test('who never read any finds the last 30 days new', () => {
  const news = { showsFrom: at('2026-06-10'), publishedAt: at('2026-06-10') }
  expect(isNewTo(news, null, at('2026-07-09'))).toBe(true)
  expect(isNewTo(news, null, at('2026-07-10'))).toBe(false)
})

test('news says something, and ends after it begins', () => {
  const texts = { en: { title: 'New', text: 'Plans.' } }
  expect(newsProblem({ texts: {}, showsFrom: null, showsUntil: null })).toBe('no-text')
  expect(newsProblem({ texts, showsFrom: at('2026-06-10'), showsUntil: at('2026-06-10') })).toBe('ends-before-start')
  expect(newsProblem({ texts, showsFrom: null, showsUntil: at('2026-06-10') })).toBeNull()
})
