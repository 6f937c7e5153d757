import { useTranslation } from 'react-i18next'
import { usePage } from './page-context.tsx'

const meterKey = 'document:meter.'

/**
 * Words for codes that come from data: a state, a meter, a reason. A meter that the seller defined has the seller's words. A code
 * without words shows itself, so that a new one is seen rather than hidden.
 */
export function useLabel() {
  const { i18n } = useTranslation()
  const { ownMeters } = usePage()
  return (key: string, code: string): string => {
    if (i18n.exists(key)) return String(i18n.t(key as never))
    const own = key.startsWith(meterKey) ? ownMeters.find((meter) => meter.code === code) : undefined
    return own?.name ?? code
  }
}

/** A code as it stands in a key: dots and slashes would be read as levels. */
export function keyPart(code: string): string {
  return code.replaceAll(/[./]/g, '-')
}
