import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '../base/card.tsx'
import { DateTime } from '../base/date-time.tsx'
import { State } from '../base/state.tsx'
import { useLabel } from '../base/use-label.ts'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'

type OpenInvitation = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly profile: string
  readonly isOwnProfile: boolean
  readonly expiresAt: Date
  readonly isExpired: boolean
}

/** Who was invited and has not come yet. */
export function Invitations({ invitations, mayWrite }: { invitations: readonly OpenInvitation[]; mayWrite: boolean }) {
  const { t } = useTranslation('access')
  const label = useLabel()
  return (
    <Card id="invitations" title={t('members.invitations')} isFlush>
      <ul className="divide-y divide-border border-t border-border text-sm">
        {invitations.map(({ id, name, email, profile, isOwnProfile, expiresAt, isExpired }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-card py-3">
            <span className="min-w-0">
              <span className="font-medium">{name}</span>{' '}
              <span className="text-muted">{isOwnProfile ? profile : label(`common:profile.${profile}`, profile)}</span>
              <bdi dir="ltr" className="block text-muted wrap-anywhere">
                {email}
              </bdi>
              {isExpired ? (
                <State tone="warning">{t('members.expired')}</State>
              ) : (
                <span className="text-muted">
                  {t('members.validUntil')} <DateTime instant={expiresAt} />
                </span>
              )}
            </span>
            {mayWrite ? (
              <Form method="post" className="flex gap-2">
                <FormToken />
                <input type="hidden" name="invitationId" value={id} />
                <SubmitButton name="deed" value="again" look="secondary" size="small">
                  {t('members.again')}
                </SubmitButton>
                <SubmitButton name="deed" value="withdraw" look="danger" size="small">
                  {t('members.withdraw')}
                </SubmitButton>
              </Form>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  )
}
