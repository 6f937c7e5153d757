import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

type Report = { readonly people: number; readonly usable: number; readonly isMore: boolean; readonly groups: readonly string[] }
type TrialCardProps = { readonly state: 'draft' | 'active' | 'off'; readonly isTested: boolean; readonly report: Report | undefined }

/** Tries the connection as it is saved, and takes it into use or out of it. */
export function TrialCard({ state, isTested, report }: TrialCardProps) {
  const { t } = useTranslation('staff')
  return (
    <Card id="trial" title={t('ldap.trial')}>
      <div className="grid gap-4">
        <p className="text-sm text-muted">{t(isTested ? 'ldap.tested' : 'ldap.trialText')}</p>
        {report ? <Found report={report} /> : null}
        <Form method="post" className="flex flex-wrap gap-3">
          <FormToken />
          <SubmitButton name="deed" value="test" look="secondary">
            {t('ldap.try')}
          </SubmitButton>
          {state === 'active' ? (
            <SubmitButton name="deed" value="off" look="danger">
              {t('ldap.switchOff')}
            </SubmitButton>
          ) : null}
          {state !== 'active' && isTested ? (
            <SubmitButton name="deed" value="on">
              {t('ldap.switchOn')}
            </SubmitButton>
          ) : null}
        </Form>
      </div>
    </Card>
  )
}

function Found({ report: { people, usable, isMore, groups } }: { readonly report: Report }) {
  const { t } = useTranslation('staff')
  return (
    <>
      <Notice tone={usable > 0 ? 'positive' : 'warning'} title={t('ldap.reached')}>
        {t('ldap.found', { people: isMore ? `${people}+` : people, usable })}
      </Notice>
      <div>
        <p className="mb-2 text-sm font-medium">{t('ldap.groupsSeen', { count: groups.length })}</p>
        <ul className="max-h-80 space-y-1 overflow-y-auto text-sm">
          {groups.map((group) => (
            <li key={group} dir="ltr" className="font-mono text-[0.8125rem] break-all">
              {group}
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}
