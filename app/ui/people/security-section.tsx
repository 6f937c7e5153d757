import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '../base/card.tsx'
import { DateTime } from '../base/date-time.tsx'
import { Notice } from '../base/notice.tsx'
import { Badge } from '../base/state.tsx'
import { Checkbox, TextInput } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { useFieldErrors } from '../forms/use-field-errors.ts'
import { AppCard, type FactorFacts } from './app-card.tsx'
import { browserOf } from './browser-name.ts'
import { type PasskeyFacts, PasskeysCard } from './passkeys-card.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

type OpenSession = {
  readonly id: string
  readonly userAgent: string | null
  readonly createdAt: Date
  readonly lastUsedAt: Date
  readonly isThisOne: boolean
}
export type SecurityFacts = {
  readonly sessions: readonly OpenSession[]
  readonly factor: FactorFacts
  readonly passkeys: readonly PasskeyFacts[]
  readonly host: string
  readonly passwordKeeper: string | null
}
type SecuritySectionProps = { facts: SecurityFacts; answer: unknown; actionPath: string }
type Answer = { readonly fields?: Readonly<Record<string, string>>; readonly codes?: readonly string[] } | undefined

/** The reader's own sign-in: second factor, passkeys, the password, and every browser that is signed in. */
export function SecuritySection({ facts, answer, actionPath }: SecuritySectionProps) {
  const told = answer as Answer
  const { error } = useFieldErrors(told)
  const codes = told?.codes ?? []
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
      <div className="grid grid-cols-1 gap-6">
        {codes.length > 0 ? <RecoveryCodes codes={codes} /> : null}
        <AppCard factor={facts.factor} error={error} actionPath={actionPath} />
        <PasskeysCard passkeys={facts.passkeys} host={facts.host} error={error} actionPath={actionPath} />
      </div>
      <div className="grid grid-cols-1 gap-6">
        <PasswordCard keeper={facts.passwordKeeper} error={error} actionPath={actionPath} />
        <SessionsCard sessions={facts.sessions} actionPath={actionPath} />
      </div>
    </div>
  )
}

type PasswordCardProps = { keeper: string | null; error: (name: string) => string | undefined; actionPath: string }

function PasswordCard({ keeper, error, actionPath }: PasswordCardProps) {
  const { t } = useTranslation(['common', 'person'])
  return (
    <Card id="password" title={t('security.password')}>
      {keeper ? (
        <div className="mb-4">
          <Notice tone="info">{t('security.keptElsewhere', { name: keeper })}</Notice>
        </div>
      ) : null}
      <Form method="post" action={actionPath} className="grid max-w-sm gap-4">
        <FormToken />
        <TextInput
          name="currentPassword"
          type="password"
          label={t('security.currentPassword')}
          autoComplete="current-password"
          required
          error={error('currentPassword')}
          dir="ltr"
        />
        <TextInput
          name="newPassword"
          type="password"
          label={t('security.newPassword')}
          autoComplete="new-password"
          required
          minLength={8}
          help={t('security.passwordHelp')}
          error={error('newPassword')}
          dir="ltr"
        />
        <Checkbox name="keepsOthers" label={t('person:security.keepOthers')} />
        <div>
          <SubmitButton name="deed" value="change-password" look="secondary">
            {t('security.change')}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

function SessionsCard({ sessions, actionPath }: { sessions: readonly OpenSession[]; actionPath: string }) {
  const { t } = useTranslation('common')
  return (
    <Card id="sessions" title={t('security.sessions')} isFlush aside={<EndMany hasOthers={sessions.length > 1} actionPath={actionPath} />}>
      <ul className="divide-y divide-border border-t border-border text-sm">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} actionPath={actionPath} />
        ))}
      </ul>
    </Card>
  )
}

function EndMany({ hasOthers, actionPath }: { hasOthers: boolean; actionPath: string }) {
  const { t } = useTranslation(['common', 'person'])
  return (
    <Form method="post" action={actionPath} className="flex flex-wrap gap-2">
      <FormToken />
      {hasOthers ? (
        <SubmitButton name="deed" value="end-others" look="secondary" size="small">
          {t('person:security.endOthers')}
        </SubmitButton>
      ) : null}
      <SubmitButton name="deed" value="end-all" look="danger" size="small">
        {t('security.endAll')}
      </SubmitButton>
    </Form>
  )
}

function SessionRow({ session, actionPath }: { session: OpenSession; actionPath: string }) {
  const { t } = useTranslation(['common', 'person'])
  const { browser, system } = browserOf(session.userAgent)
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-card py-3">
      <span className="min-w-0">
        <span className="font-medium">
          {browser && system ? t('person:security.browserOn', { browser, system }) : (browser ?? system ?? t('security.unknownBrowser'))}
        </span>
        <span className="block text-muted">
          {t('security.since')} <DateTime instant={session.createdAt} />
        </span>
        <span className="block text-muted">
          {t('person:security.lastUsed')} <DateTime instant={session.lastUsedAt} />
        </span>
      </span>
      {session.isThisOne ? (
        <Badge tone="positive">{t('security.thisOne')}</Badge>
      ) : (
        <Form method="post" action={actionPath}>
          <FormToken />
          <input type="hidden" name="sessionId" value={session.id} />
          <SubmitButton name="deed" value="end-session" look="secondary" size="small">
            {t('security.end')}
          </SubmitButton>
        </Form>
      )}
    </li>
  )
}
