import { z } from 'zod'
import { type BrandContent, BrandLanguage } from '#app/domain/brand/brand-content.ts'
import { brandWordKeys, problemOfWord } from '#app/domain/brand/brand-words.ts'
import { i18nFor } from '#app/i18n/i18n.server.ts'
import { saveSection } from './brand-desk.server.ts'
import { revision } from './brand-fields.ts'

const keys = Object.keys(brandWordKeys)

/** A field's name for a text: addresses of forms know no colons. */
const fieldOf = (key: string) => `word-${key.replaceAll(/[:.]/g, '-')}`

/** The texts a seller may put into its own words, as they are and as the seller says them. */
export function wordsToReplace(language: BrandLanguage, own: Readonly<Record<string, string>>) {
  const { t } = i18nFor(language)
  return keys.map((key) => ({
    name: fieldOf(key),
    surface: key.split(':')[0] ?? '',
    // Placeholders stay what they are: nothing is put into them here.
    original: String(t(key as never, { skipInterpolation: true } as never)),
    own: own[key] ?? '',
  }))
}

const WordsForm = z.object({
  revision,
  textsIn: BrandLanguage,
  ...Object.fromEntries(
    keys.map((key) => [
      fieldOf(key),
      z
        .string()
        .trim()
        .superRefine((word, issues) => {
          const message = word === '' ? null : problemOfWord(key, word)
          if (message) issues.addIssue({ code: 'custom', message })
        })
        .optional(),
    ]),
  ),
})

/** Saves the seller's own words in one language; an empty field is our word again. */
export function saveWords(request: Request) {
  return saveSection(request, {
    schema: WordsForm,
    path: `/office/brand/words${new URL(request.url).search}`,
    change: (form, now) => changeOf(form as unknown as Record<string, string | undefined>, form.textsIn as BrandLanguage, now),
  })
}

function changeOf(form: Readonly<Record<string, string | undefined>>, language: BrandLanguage, now: BrandContent): Partial<BrandContent> {
  const words = keys.flatMap((key) => {
    const word = form[fieldOf(key)]
    return word ? [[key, word] as const] : []
  })
  return { words: { ...now.words, [language]: Object.fromEntries(words) } }
}
