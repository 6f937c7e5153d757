import { useTranslation } from 'react-i18next'

/**
 * Words for codes that come from data: a state, a meter, a reason. `label('common:serverState', 'running')`; a code without
 * words shows itself, so that a new one is seen rather than hidden.
 */
export function useLabel() {
  const { i18n } = useTranslation()
  return (group: string, code: string): string => {
    const key = `${group}.${code.replaceAll('.', '-').replaceAll('/', '-')}`
    return i18n.exists(key) ? String(i18n.t(key as never)) : code
  }
}
