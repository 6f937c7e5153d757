import { useTranslation } from 'react-i18next'
import { State } from '../base/state.tsx'

const tones = { draft: 'neutral', active: 'positive', off: 'warning' } as const

/** Whether people can come in by a directory. */
export function LdapState({ state }: { readonly state: keyof typeof tones }) {
  const { t } = useTranslation('staff')
  return <State tone={tones[state]}>{t(`ldap.states.${state}`)}</State>
}
