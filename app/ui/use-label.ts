import { useTranslation } from 'react-i18next'

/**
 * Words for codes that come from data: a state, a meter, a reason. A code without words shows itself, so that a new one is
 * seen rather than hidden.
 */
export function useLabel() {
  const { i18n } = useTranslation()
  return (key: string, code: string): string => (i18n.exists(key) ? String(i18n.t(key as never)) : code)
}

/** A code as it stands in a key: dots and slashes would be read as levels. */
export function keyPart(code: string): string {
  return code.replaceAll(/[./]/g, '-')
}
