import { useSearchParams } from '@remix-run/react'
import { type Language, languageNames } from '#app/i18n/languages.ts'
import { classNames } from './class-names.ts'
import { TextLink } from './text-link.tsx'

type LanguageTabsProps = {
  label: string
  languages: readonly Language[]
  chosen: Language
  /** Languages that have no text yet, and the word for it. */
  missing?: { readonly languages: readonly Language[]; readonly word: string }
}

/** Which language of a text is at hand, in the address; each by its own name. */
export function LanguageTabs({ label, languages, chosen, missing }: LanguageTabsProps) {
  const [search] = useSearchParams()
  const linkTo = (language: Language) => {
    const next = new URLSearchParams(search)
    next.set('in', language)
    return `?${next}`
  }
  return (
    <nav aria-label={label} className="mb-4 flex flex-wrap gap-x-1 gap-y-1">
      {languages.map((language) => (
        <TextLink
          key={language}
          to={linkTo(language)}
          isQuiet
          className={classNames(
            'flex h-9 items-center rounded-control px-3 text-sm text-muted hover:text-text hover:no-underline',
            language === chosen && 'bg-accent-soft font-medium text-text',
          )}
        >
          <span lang={language}>{languageNames[language]}</span>
          {missing?.languages.includes(language) ? <span className="ms-1 text-xs">({missing.word})</span> : null}
        </TextLink>
      ))}
    </nav>
  )
}
