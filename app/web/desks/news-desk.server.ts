import { data } from '@remix-run/node'
import { z } from 'zod'
import { longestNewsText, longestNewsTitle, type NewsProblem, type NewsTexts, newsPlaces } from '#app/domain/news/news.ts'
import { localTimeOf } from '#app/domain/time/local-time.ts'
import { type Language, supportedLanguages } from '#app/i18n/languages.ts'
import { publishNews } from '#app/services/news/publish-news.server.ts'
import { type SaveNewsInput, saveNews } from '#app/services/news/save-news.server.ts'
import { brandOf } from '../branding/brand.server.ts'
import { asStaff, type StaffContext } from '../request/as-staff.server.ts'
import { line, localTime, words } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { readerOf } from '../request/reader.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { refuse } from '../request/refuse.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import { textsIn } from '../request/texts-in.ts'
import { typedInstant } from './service-notice-form.server.ts'

const titleField = (language: Language) => `title-${language}`
const textField = (language: Language) => `text-${language}`
const eachLanguage = <T>(nameOf: (language: Language) => string, field: T) =>
  Object.fromEntries(supportedLanguages.map((language) => [nameOf(language), field]))

const NewsForm = z
  .object({
    deed: z.enum(['save', 'publish'], 'invalid'),
    place: z.enum(newsPlaces, 'invalid'),
    showsFrom: localTime.optional(),
    showsUntil: localTime.optional(),
    ...eachLanguage(titleField, line(longestNewsTitle).optional()),
    ...eachLanguage(textField, words(longestNewsText).optional()),
  })
  .superRefine((form, issues) => {
    const typed = form as Readonly<Record<string, string | undefined>>
    for (const language of supportedLanguages) {
      const [title, text] = [titleField(language), textField(language)]
      if (typed[title] && !typed[text]) issues.addIssue({ code: 'custom', message: 'required', path: [text] })
      if (typed[text] && !typed[title]) issues.addIssue({ code: 'custom', message: 'required', path: [title] })
    }
  })

/** Keeps what was typed, as news of that id or, with null, as a new draft; and publishes it where that was asked for. */
export async function keepNews(request: Request, id: string | null) {
  const form = await parseForm(request, NewsForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { zone } = await readerOf(request)
  const { deed, place, showsFrom, showsUntil, ...typed } = form.value
  const span = { showsFrom: typedInstant(showsFrom, zone), showsUntil: typedInstant(showsUntil, zone) }
  const kept = await asStaff(request, 'news:write', (ctx) => keep(ctx, { id, place, ...span, texts: textsOf(typed) }, deed === 'publish'))
  if (kept.ok) return redirectWithToast(request, `/office/news/${kept.value}`, 'saved')
  if (kept.error === 'news-not-found') throw refuse(404, 'not-found')
  return data({ fields: await fieldsOf(request, kept.error), values: textsIn(Object.entries(form.value)) }, { status: 422 })
}

async function keep(ctx: StaffContext, input: SaveNewsInput, isPublished: boolean) {
  const saved = await saveNews(ctx, input)
  if (!saved.ok || !isPublished) return saved
  const published = await publishNews(ctx, saved.value)
  return published.ok ? saved : published
}

function textsOf(typed: Readonly<Record<string, unknown>>): NewsTexts {
  const texts = supportedLanguages.flatMap((language) => {
    const [title, text] = [typed[titleField(language)], typed[textField(language)]]
    return typeof title === 'string' && typeof text === 'string' ? [[language, { title, text }] as const] : []
  })
  return Object.fromEntries(texts)
}

async function fieldsOf(request: Request, problem: NewsProblem): Promise<Readonly<Record<string, string>>> {
  if (problem === 'ends-before-start') return { showsUntil: 'invalid' }
  return { [titleField(brandOf(await tenantOf(request)).pack.languages[0])]: 'required' }
}

type KeptNews = { readonly texts: NewsTexts; readonly showsFrom: Date | null; readonly showsUntil: Date | null }

/** What the form begins with: the store's languages and those there are texts in, texts and local times by the names of their fields. */
export async function newsFields(request: Request, news: KeptNews | null) {
  const { languages } = brandOf(await tenantOf(request)).pack
  const { zone } = await readerOf(request)
  const texts = Object.entries(news?.texts ?? {}).flatMap(([language, { title, text }]) => [
    [titleField(language as Language), title],
    [textField(language as Language), text],
  ])
  const timeOf = (instant: Date | null | undefined) => (instant ? localTimeOf(instant, zone) : '')
  return {
    languages: supportedLanguages
      .filter((language) => languages.includes(language) || news?.texts[language])
      .toSorted((a, b) => placeOf(languages, a) - placeOf(languages, b)),
    fields: { ...Object.fromEntries(texts), showsFrom: timeOf(news?.showsFrom), showsUntil: timeOf(news?.showsUntil) } as Record<
      string,
      string
    >,
  }
}

/** The store's languages in its order, the others after them. */
function placeOf(languages: readonly Language[], language: Language): number {
  const at = languages.indexOf(language)
  return at === -1 ? languages.length : at
}
