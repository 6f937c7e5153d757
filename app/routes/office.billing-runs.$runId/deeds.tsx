import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { BillingRunDetail } from '#app/reports/billing-runs/shape.ts'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

export const deeds = ['approve', 'pause', 'resume', 'retry', 'lock', 'unlock'] as const
export type Deed = (typeof deeds)[number]

export type Rights = { readonly mayApprove: boolean; readonly mayWrite: boolean }

type Run = Pick<BillingRunDetail, 'state' | 'lockedAt' | 'parked'>

/** What somebody with these rights can do with a run as it stands, the most likely first. */
function deedsOf({ state, lockedAt, parked }: Run, { mayApprove, mayWrite }: Rights): Deed[] {
  if (state === 'held') return mayApprove ? ['approve'] : []
  if (!mayWrite) return []
  if (state === 'paused') return ['resume']
  if (state === 'requested' || state === 'finalising') return ['pause']
  if (state !== 'finished' || lockedAt) return []
  return parked > 0 ? ['retry', 'lock'] : ['lock']
}

/** The deeds that a run allows now, as buttons of one form. */
export function Deeds({ run, rights }: { run: Run; rights: Rights }) {
  const { t } = useTranslation('office')
  const possible = deedsOf(run, rights)
  if (possible.length === 0) return null
  return (
    <Form method="post" className="flex flex-wrap gap-2">
      <FormToken />
      {possible.map((deed, place) => (
        <SubmitButton key={deed} name="deed" value={deed} look={place === 0 && deed !== 'lock' ? 'primary' : 'secondary'}>
          {t(`billing.${deed}`)}
        </SubmitButton>
      ))}
    </Form>
  )
}

/** Opens a locked period again; asks why. */
export function UnlockForm({ error, reason }: { error: string | undefined; reason: string | undefined }) {
  const { t } = useTranslation('office')
  return (
    <Form method="post" className="grid max-w-xl items-start gap-3 sm:grid-cols-[1fr_auto]">
      <FormToken />
      <TextInput name="reason" label={t('billing.unlockReason')} error={error} defaultValue={reason} maxLength={200} />
      <SubmitButton name="deed" value="unlock" look="secondary" className="sm:mt-7">
        {t('billing.unlock')}
      </SubmitButton>
    </Form>
  )
}
