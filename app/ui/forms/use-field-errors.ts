import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

type Answer = { readonly fields?: Readonly<Record<string, string>>; readonly values?: Readonly<Record<string, string>> } | undefined

/**
 * What a refused form says at each field, in the reader's language, and what was typed. The first wrong field takes the focus.
 * `fields` carries codes; `field.<code>` in the common texts are their words.
 */
export function useFieldErrors(answer: Answer) {
  const { t, i18n } = useTranslation('common')
  const fields = answer?.fields
  useEffect(() => {
    const first = Object.keys(fields ?? {})[0]
    if (first) (document.getElementById(first) ?? document.querySelector<HTMLElement>(`[name="${CSS.escape(first)}"]`))?.focus()
  }, [fields])
  return {
    hasErrors: Boolean(fields && Object.keys(fields).length > 0),
    error: (name: string) => {
      const code = fields?.[name]
      if (!code) return undefined
      return i18n.exists(`common:field.${code}`) ? t(`field.${code}` as 'field.invalid') : t('field.invalid')
    },
    typed: (name: string) => answer?.values?.[name],
  }
}
