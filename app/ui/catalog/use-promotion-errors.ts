import { useTranslation } from 'react-i18next'
import { useLabel } from '../base/use-label.ts'
import { useFieldErrors } from '../forms/use-field-errors.ts'

type Answer =
  | { readonly fields?: Readonly<Record<string, string>>; readonly values?: Readonly<Record<string, string | undefined>> }
  | undefined

/** Field errors of promotions: their own words where there are any, else the common ones. */
export function usePromotionErrors(raw: unknown) {
  const answer = raw as Answer
  const { i18n } = useTranslation('promotion')
  const label = useLabel()
  const common = useFieldErrors(answer as Parameters<typeof useFieldErrors>[0])
  return {
    ...common,
    error: (name: string) => {
      const code = answer?.fields?.[name]
      if (code && i18n.exists(`promotion:problem.${code}`)) return label(`promotion:problem.${code}`, code)
      return common.error(name)
    },
  }
}
