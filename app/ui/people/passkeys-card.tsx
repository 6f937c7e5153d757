import { Form, useSubmit } from '@remix-run/react'
import { startRegistration } from '@simplewebauthn/browser'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../base/button.tsx'
import { Card } from '../base/card.tsx'
import { classNames } from '../base/class-names.ts'
import { DateTime } from '../base/date-time.tsx'
import { TextInput } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { askPasskeys, usePasskeys } from './use-passkeys.ts'

export type PasskeyFacts = {
  readonly id: string
  readonly name: string
  readonly host: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}
type PasskeysCardProps = {
  passkeys: readonly PasskeyFacts[]
  host: string
  error: (name: string) => string | undefined
  actionPath: string
}

/** The reader's passkeys, each for one host, and the way to a new one. */
export function PasskeysCard({ passkeys, host, error, actionPath }: PasskeysCardProps) {
  const { t } = useTranslation('person')
  return (
    <Card id="passkeys" title={t('passkey.title')} isFlush>
      {passkeys.length > 0 ? (
        <ul className="divide-y divide-border border-y border-border text-sm">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} isElsewhere={passkey.host !== host} actionPath={actionPath} />
          ))}
        </ul>
      ) : null}
      <div className={classNames('px-card pb-card', passkeys.length > 0 && 'pt-4')}>
        <NewPasskey key={passkeys.length} host={host} error={error} actionPath={actionPath} />
      </div>
    </Card>
  )
}

function PasskeyRow({ passkey, isElsewhere, actionPath }: { passkey: PasskeyFacts; isElsewhere: boolean; actionPath: string }) {
  const { t } = useTranslation('person')
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-card py-3">
      <span className="min-w-0">
        <bdi className="font-medium break-words">{passkey.name}</bdi>
        <span className="block text-muted">
          {t('passkey.since')} <DateTime instant={passkey.createdAt} isDayOnly />
        </span>
        {passkey.lastUsedAt ? (
          <span className="block text-muted">
            {t('security.lastUsed')} <DateTime instant={passkey.lastUsedAt} />
          </span>
        ) : null}
        {isElsewhere ? <span className="block text-warning">{t('passkey.elsewhere', { host: passkey.host })}</span> : null}
      </span>
      <Form method="post" action={actionPath}>
        <FormToken />
        <input type="hidden" name="passkeyId" value={passkey.id} />
        <SubmitButton name="deed" value="remove-passkey" look="secondary" size="small">
          {t('passkey.remove')}
        </SubmitButton>
      </Form>
    </li>
  )
}

function NewPasskey({ host, error, actionPath }: Omit<PasskeysCardProps, 'passkeys'>) {
  const { t } = useTranslation(['person', 'common'])
  const submit = useSubmit()
  const isReady = usePasskeys()
  const [problem, setProblem] = useState<'wrong-password' | 'too-many-attempts' | 'passkey-refused'>()
  if (!isReady) return <p className="text-sm text-muted">{t('passkey.lead', { host })}</p>

  const make = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const made = await askPasskeys(form, startRegistration)
    setProblem(made.ok ? undefined : made.problem)
    if (!made.ok) return
    form.delete('passkeyPassword')
    form.set('deed', 'add-passkey')
    form.set('passkeyAnswer', made.answer)
    submit(form, { method: 'post', action: actionPath })
  }
  const isAboutPassword = problem === 'wrong-password' || problem === 'too-many-attempts'
  return (
    <form onSubmit={make} className="grid max-w-sm gap-4">
      <FormToken />
      <input type="hidden" name="about" value="new" />
      <p className="text-sm text-muted">{t('passkey.lead', { host })}</p>
      <TextInput
        name="passkeyName"
        label={t('passkey.name')}
        help={t('passkey.nameHelp')}
        required
        maxLength={60}
        error={error('passkeyName') ?? (problem === 'passkey-refused' ? t('common:field.passkey-refused') : undefined)}
      />
      <TextInput
        name="passkeyPassword"
        type="password"
        label={t('yourPassword')}
        autoComplete="current-password"
        required
        error={problem && isAboutPassword ? t(`common:field.${problem}`) : undefined}
        dir="ltr"
      />
      <div>
        <Button>{t('passkey.add')}</Button>
      </div>
    </form>
  )
}
