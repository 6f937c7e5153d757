import { useSearchParams } from '@remix-run/react'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Language, languageNames } from '#app/i18n/languages.ts'
import { classNames } from '#app/ui/base/class-names.ts'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { previewedFields } from '#app/web/branding/preview-wishes.ts'

type PreviewPaneProps = { readonly revision: number; readonly languages: readonly Language[]; readonly children: ReactNode }

const surfaces = ['store', 'panel', 'mail', 'invoice'] as const
const pauseMs = 350

/**
 * The form of a section, and beside it how the draft looks. What is typed shows by itself where scripts run, and once it is saved where
 * they do not.
 */
export function PreviewPane({ revision, languages, children }: PreviewPaneProps) {
  const { t } = useTranslation('brand')
  const { view, linkTo } = useView(languages)
  const { typed, onInput } = useTyped(revision)
  const address = new URLSearchParams({
    language: view.language,
    scheme: view.scheme,
    direction: view.direction,
    revision: String(revision),
    ...typed,
  })
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
      <div onInput={onInput} className="min-w-0">
        {children}
      </div>
      <section aria-label={t('preview.label')} className="min-w-0 xl:sticky xl:top-20">
        <div className="mb-3 flex flex-wrap items-center gap-x-5 gap-y-2">
          <Choices
            label={t('preview.surface')}
            name="show"
            chosen={view.show}
            linkTo={linkTo}
            choices={surfaces.map((value) => [value, t(`preview.${value}`)])}
          />
          <Choices
            label={t('preview.scheme')}
            name="scheme"
            chosen={view.scheme}
            linkTo={linkTo}
            choices={(['light', 'dark'] as const).map((value) => [value, t(`preview.${value}`)])}
          />
          <Choices
            label={t('preview.width')}
            name="width"
            chosen={view.width}
            linkTo={linkTo}
            choices={(['desktop', 'phone'] as const).map((value) => [value, t(`preview.${value}`)])}
          />
          <Choices
            label={t('preview.direction')}
            name="direction"
            chosen={view.direction}
            linkTo={linkTo}
            choices={(['ltr', 'rtl'] as const).map((value) => [value, t(`preview.${value}`)])}
          />
          <Choices
            label={t('preview.language')}
            name="language"
            chosen={view.language}
            linkTo={linkTo}
            choices={languages.map((value) => [value, languageNames[value]])}
          />
        </div>
        <div className="overflow-hidden rounded-card border border-border-strong/60 bg-soft">
          <iframe
            title={t('preview.frame', { what: t(`preview.${view.show}`) })}
            src={`/office/brand/preview/${view.show}?${address}`}
            className={classNames(
              'mx-auto block h-[42rem] w-full bg-[white]',
              view.width === 'phone' && 'max-w-[390px] border-x border-border',
            )}
          />
        </div>
        <p className="mt-2 text-sm text-muted">
          {t('preview.help')}{' '}
          <TextLink to={`/office/brand/preview/${view.show}?${address}`} isOtherArea>
            {t('preview.open')}
          </TextLink>
        </p>
      </section>
    </div>
  )
}

type View = {
  readonly show: (typeof surfaces)[number]
  readonly scheme: 'light' | 'dark'
  readonly width: 'desktop' | 'phone'
  readonly direction: 'ltr' | 'rtl'
  readonly language: Language
}

/** How the draft is looked at, kept in the address. Another language brings its own direction. */
function useView(languages: readonly Language[]) {
  const [search] = useSearchParams()
  const language = languages.find((offered) => offered === search.get('language')) ?? languages[0] ?? 'en'
  const own = language === 'ar' ? 'rtl' : 'ltr'
  const view: View = {
    show: surfaces.find((surface) => surface === search.get('show')) ?? 'store',
    scheme: search.get('scheme') === 'dark' ? 'dark' : 'light',
    width: search.get('width') === 'phone' ? 'phone' : 'desktop',
    direction: (['ltr', 'rtl'] as const).find((direction) => direction === search.get('direction')) ?? own,
    language,
  }
  const linkTo = (name: string, value: string) => {
    const next = new URLSearchParams(search)
    next.set(name, value)
    if (name === 'language') next.delete('direction')
    return `?${next}`
  }
  return { view, linkTo }
}

/** What is typed and not saved yet, a moment after the last key. */
function useTyped(revision: number) {
  const [typed, setTyped] = useState<Record<string, string>>({})
  const pending = useRef<ReturnType<typeof setTimeout>>(undefined)
  // A saved draft shows what was typed by itself.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision is what tells that the draft was saved
  useEffect(() => setTyped({}), [revision])
  const onInput = (event: FormEvent<HTMLDivElement>) => {
    const { form } = event.target as HTMLInputElement
    if (!form) return
    clearTimeout(pending.current)
    pending.current = setTimeout(() => {
      const fields = new FormData(form)
      setTyped(Object.fromEntries(previewedFields.flatMap((name) => (fields.has(name) ? [[name, String(fields.get(name))]] : []))))
    }, pauseMs)
  }
  return { typed, onInput }
}

type ChoicesProps = {
  readonly label: string
  readonly name: string
  readonly chosen: string
  readonly choices: readonly (readonly [value: string, label: string])[]
  readonly linkTo: (name: string, value: string) => string
}

/** A few views of one thing, as links: they work without scripts and keep the place. */
function Choices({ label, name, chosen, choices, linkTo }: ChoicesProps) {
  return (
    <nav aria-label={label} className="flex rounded-control border border-border bg-surface p-0.5 text-sm">
      {choices.map(([value, text]) => (
        <TextLink
          key={value}
          to={linkTo(name, value)}
          isQuiet
          className={classNames(
            'flex h-8 items-center rounded-control px-2.5 text-muted hover:text-text hover:no-underline',
            value === chosen && 'bg-accent-soft font-medium text-text',
          )}
        >
          {text}
        </TextLink>
      ))}
    </nav>
  )
}
