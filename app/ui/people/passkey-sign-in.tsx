import { startAuthentication } from '@simplewebauthn/browser'
import { KeyRound } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../base/button.tsx'
import { Notice } from '../base/notice.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { askPasskeys, usePasskeys } from './use-passkeys.ts'

/** Signs in with a passkey, where the browser can; without scripts it is not there. */
export function PasskeySignIn({ returnTo }: { returnTo: string }) {
  const { t } = useTranslation('auth')
  const isReady = usePasskeys()
  const [problem, setProblem] = useState<'too-many-attempts' | 'passkey-refused'>()
  if (!isReady) return null

  const signIn = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const asked = await askPasskeys(new FormData(form), startAuthentication)
    if (!asked.ok) return setProblem(asked.problem === 'too-many-attempts' ? asked.problem : 'passkey-refused')
    const field = form.elements.namedItem('passkeyAnswer')
    if (field instanceof HTMLInputElement) field.value = asked.answer
    form.submit()
  }
  return (
    <form method="post" action="/sign-in/passkey" onSubmit={signIn} className="grid gap-4">
      <FormToken />
      <input type="hidden" name="about" value="sign-in" />
      <input type="hidden" name="returnTo" value={returnTo} />
      <input type="hidden" name="passkeyAnswer" />
      {problem ? <Notice tone="critical">{t(`problem.${problem}`)}</Notice> : null}
      <Button look="secondary">
        <KeyRound aria-hidden className="size-4" />
        {t('signIn.passkey')}
      </Button>
    </form>
  )
}
