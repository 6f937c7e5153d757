import { useTranslation } from 'react-i18next'

/** What is wrong with a domain, or with what was asked of it, in the reader's words; undefined when nothing is. */
export function useDomainProblem(code: string | undefined): string | undefined {
  const { t, i18n } = useTranslation(['domain', 'common'])
  if (!code) return undefined
  if (i18n.exists(`domain:problem.${code}`)) return t(`domain:problem.${code}` as 'domain:problem.host-malformed')
  return i18n.exists(`common:field.${code}`) ? t(`common:field.${code}` as 'common:field.invalid') : t('common:field.invalid')
}
