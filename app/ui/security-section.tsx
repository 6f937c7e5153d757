import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from './card.tsx'
import { DateTime } from './date-time.tsx'
import { TextInput } from './field.tsx'
import { FormToken } from './form-token.tsx'
import { Badge } from './state.tsx'
import { SubmitButton } from './submit-button.tsx'
import { useFieldErrors } from './use-field-errors.ts'

type OpenSession = { readonly id: string; readonly userAgent: string | null; readonly createdAt: Date; readonly isThisOne: boolean }
type SecuritySectionProps = { sessions: readonly OpenSession[]; answer: unknown; actionPath: string }

/** The reader's own sign-in: the password, and every browser that is signed in. */
export function SecuritySection({ sessions, answer, actionPath }: SecuritySectionProps) {
  return (
    <div className="grid grid-cols-1 gap-6">
      <PasswordCard answer={answer} actionPath={actionPath} />
      <SessionsCard sessions={sessions} actionPath={actionPath} />
    </div>
  )
}

function PasswordCard({ answer, actionPath }: { answer: unknown; actionPath: string }) {
  const { t } = useTranslation('common')
  const { error } = useFieldErrors(answer as Parameters<typeof useFieldErrors>[0])
  return (
    <Card id="password" title={t('security.password')}>
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
    <Card
      id="sessions"
      title={t('security.sessions')}
      isFlush
      aside={
        <Form method="post" action={actionPath}>
          <FormToken />
          <SubmitButton name="deed" value="end-all" look="danger" size="small">
            {t('security.endAll')}
          </SubmitButton>
        </Form>
      }
    >
      <ul className="divide-y divide-border border-t border-border text-sm">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-card py-3">
            <span className="min-w-0">
              <bdi className="font-medium">{browserOf(session.userAgent) ?? t('security.unknownBrowser')}</bdi>
              <span className="block text-muted">
                {t('security.since')} <DateTime instant={session.createdAt} />
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
        ))}
      </ul>
    </Card>
  )
}

const browsers = [
  ['Edg/', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const
const systems = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const

/** A browser's name as people know it, read out of its user agent. */
function browserOf(userAgent: string | null): string | undefined {
  const browser = browsers.find(([mark]) => userAgent?.includes(mark))?.[1]
  const system = systems.find(([mark]) => userAgent?.includes(mark))?.[1]
  return [browser, system].filter(Boolean).join(' · ') || undefined
}
