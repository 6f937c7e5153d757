import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { useEffect, useState } from 'react'
import { textFieldsOf } from '../forms/text-fields.ts'

/** Whether this browser can use passkeys; false until its scripts run. */
export function usePasskeys(): boolean {
  const [isReady, setIsReady] = useState(false)
  useEffect(() => setIsReady(browserSupportsWebAuthn()), [])
  return isReady
}

type Asked =
  | { readonly ok: true; readonly answer: string }
  | { readonly ok: false; readonly problem: 'wrong-password' | 'too-many-attempts' | 'passkey-refused' }

/** Fetches the question for `form` and has the browser answer it; the person may decline. */
export async function askPasskeys<Options>(form: FormData, answer: (ask: { optionsJSON: Options }) => Promise<object>): Promise<Asked> {
  const response = await fetch('/passkeys', { method: 'POST', body: new URLSearchParams(textFieldsOf(form)) })
  const told: { options?: Options; problem?: 'wrong-password' | 'too-many-attempts' } = await response.json().catch(() => ({}))
  if (!told.options) return { ok: false, problem: told.problem ?? 'passkey-refused' }
  try {
    return { ok: true, answer: JSON.stringify(await answer({ optionsJSON: told.options })) }
  } catch {
    // Declined, timed out, or the device has none for this host: the password remains.
    return { ok: false, problem: 'passkey-refused' }
  }
}
