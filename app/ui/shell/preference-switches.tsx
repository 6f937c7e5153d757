import { Form, useLocation } from '@remix-run/react'
import { Coins, Languages, Monitor, Moon, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type Language, languageNames } from '#app/i18n/languages.ts'
import { classNames } from '../base/class-names.ts'
import { type Theme, usePage } from '../base/page-context.tsx'
import { FormToken } from '../forms/form-token.tsx'

const themes: readonly { theme: Theme; Icon: typeof Sun }[] = [
  { theme: 'light', Icon: Sun },
  { theme: 'dark', Icon: Moon },
  { theme: 'system', Icon: Monitor },
]

/** Light, dark or as the device: three buttons of one plain form, the choice is a cookie the server reads. */
export function ThemeSwitch() {
  const { t } = useTranslation('common')
  const { theme: chosen } = usePage()
  return (
    <PreferenceForm label={t('theme.label')}>
      <div className="flex rounded-control border border-border p-0.5">
        {themes.map(({ theme, Icon }) => (
          <button
            key={theme}
            type="submit"
            name="theme"
            value={theme}
            aria-pressed={theme === chosen}
            title={t(`theme.${theme}`)}
            className={classNames(
              'flex size-7 items-center justify-center rounded-tag text-muted hover:text-text',
              theme === chosen && 'bg-soft text-text',
            )}
          >
            <Icon aria-hidden className="size-4" />
            <span className="sr-only">{t(`theme.${theme}`)}</span>
          </button>
        ))}
      </div>
    </PreferenceForm>
  )
}

/** The store's languages, each in its own words. The page is loaded afresh: every text on it changes. */
export function LanguageSwitch() {
  const { t } = useTranslation('common')
  const { language: chosen, languages } = usePage()
  if (languages.length < 2) return null
  return (
    <PreferenceForm label={t('language')}>
      <div className="flex items-center gap-1">
        <Languages aria-hidden className="size-4 text-muted" />
        {languages.map((language: Language) => (
          <button
            key={language}
            type="submit"
            name="language"
            value={language}
            lang={language}
            aria-pressed={language === chosen}
            className={classNames(
              'flex h-7 items-center rounded-tag px-1.5 text-sm text-muted hover:text-text',
              language === chosen && 'font-medium text-text underline decoration-accent decoration-2 underline-offset-4',
            )}
          >
            {languageNames[language]}
          </button>
        ))}
      </div>
    </PreferenceForm>
  )
}

export type CurrencyChoice = { readonly code: string; readonly isChosen: boolean }

/** The currencies the store sells in, for a visitor to choose from; nothing where there is one. */
export function CurrencySwitch({ choices }: { choices: readonly CurrencyChoice[] }) {
  const { t } = useTranslation('common')
  if (choices.length < 2) return null
  return (
    <PreferenceForm label={t('currency')}>
      <div className="flex items-center gap-1">
        <Coins aria-hidden className="size-4 text-muted" />
        {choices.map(({ code, isChosen }) => (
          <button
            key={code}
            type="submit"
            name="currency"
            value={code}
            aria-pressed={isChosen}
            className={classNames(
              'flex h-7 items-center rounded-tag px-1.5 text-sm text-muted hover:text-text',
              isChosen && 'font-medium text-text underline decoration-accent decoration-2 underline-offset-4',
            )}
          >
            <bdi dir="ltr">{code}</bdi>
          </button>
        ))}
      </div>
    </PreferenceForm>
  )
}

function PreferenceForm({ label, children }: { label: string; children: React.ReactNode }) {
  const { pathname, search } = useLocation()
  return (
    <Form method="post" action="/preferences" reloadDocument>
      <FormToken />
      <input type="hidden" name="returnTo" value={pathname + search} />
      <fieldset>
        <legend className="sr-only">{label}</legend>
        {children}
      </fieldset>
    </Form>
  )
}
