import { z } from 'zod'
import { type BrandContent, BrandLanguage, mostQuestions, mostTrust, type StoreTexts } from '#app/domain/brand/brand-content.ts'
import { saveSection } from './brand-desk.server.ts'
import { revision } from './brand-fields.ts'

/** Which language `?in=` names, of those at hand. */
export function languageIn(request: Request, languages: readonly BrandLanguage[], otherwise: BrandLanguage): BrandLanguage {
  const wanted = new URL(request.url).searchParams.get('in')
  return languages.find((language) => language === wanted) ?? otherwise
}

const oneLine = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest, 'too-long')
    .regex(/^[^\r\n<>]*$/, 'plain-text')
const plain = (longest: number) => oneLine(longest).default('')
const flat = (longest: number) =>
  z
    .string()
    .transform((text) => text.replaceAll(/\s*[\r\n]+\s*/g, ' '))
    .pipe(oneLine(longest))
    .default('')
const numbered = <T>(count: number, name: string, field: T) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${name}${at}`, field]))

const TextsForm = z.object({
  revision,
  textsIn: BrandLanguage,
  isOffered: z.literal('on').optional(),
  isFirst: z.literal('on').optional(),
  promise: plain(80),
  lead: flat(240),
  ...numbered(mostTrust, 'trustTitle', plain(50)),
  ...numbered(mostTrust, 'trustText', plain(160)),
  ...numbered(mostQuestions, 'question', plain(120)),
  ...numbered(mostQuestions, 'answer', flat(600)),
})

/** Saves what the store says in one language, and whether it speaks it. A language that is offered needs its promise and its lead. */
export function saveTexts(request: Request) {
  const schema = TextsForm.superRefine((form, issues) => {
    if (!form.isOffered) return
    for (const name of ['promise', 'lead'] as const)
      if (form[name] === '') issues.addIssue({ code: 'custom', message: 'required', path: [name] })
  })
  return saveSection(request, {
    schema,
    path: `/office/brand/texts${new URL(request.url).search}`,
    change: (form, now) => changeOf(form as Record<string, string> & z.output<typeof TextsForm>, now),
  })
}

function changeOf(
  form: Record<string, string | undefined> & { readonly textsIn: BrandLanguage },
  now: BrandContent,
): Partial<BrandContent> {
  const { textsIn: language } = form
  const others = now.languages.filter((offered) => offered !== language)
  const offered = form.isOffered === 'on' ? (form.isFirst === 'on' ? [language, ...others] : placed(now.languages, language)) : others
  const [first, ...rest] = offered
  const { [language]: _before, ...texts } = now.texts
  const written = textsOf(form)
  return {
    languages: first ? [first, ...rest] : now.languages,
    texts: written ? { ...texts, [language]: written } : texts,
  }
}

function placed(languages: readonly BrandLanguage[], language: BrandLanguage): BrandLanguage[] {
  return languages.includes(language) ? [...languages] : [...languages, language]
}

function textsOf(form: Record<string, string | undefined>): StoreTexts | undefined {
  const { promise = '', lead = '' } = form
  if (promise === '' || lead === '') return undefined
  const pairs = (count: number, first: string, second: string) =>
    Array.from({ length: count }, (_, at) => [form[`${first}${at}`] ?? '', form[`${second}${at}`] ?? ''] as const).filter(
      ([a, b]) => a !== '' && b !== '',
    )
  return {
    promise,
    lead,
    trust: pairs(mostTrust, 'trustTitle', 'trustText').map(([title, text]) => ({ title, text })),
    questions: pairs(mostQuestions, 'question', 'answer').map(([question, answer]) => ({ question, answer })),
  }
}

/** The texts of one language by the names of their fields. */
export function typedTexts(texts: StoreTexts | undefined): Record<string, string> {
  const trust = (texts?.trust ?? []).flatMap(({ title, text }, at) => [
    [`trustTitle${at}`, title],
    [`trustText${at}`, text],
  ])
  const questions = (texts?.questions ?? []).flatMap(({ question, answer }, at) => [
    [`question${at}`, question],
    [`answer${at}`, answer],
  ])
  return Object.fromEntries([['promise', texts?.promise ?? ''], ['lead', texts?.lead ?? ''], ...trust, ...questions])
}
