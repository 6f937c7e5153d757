import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { MemberTerms } from '#app/ui/people/member-terms.tsx'

type Named = { readonly id: string; readonly name: string }
type InviteProps = {
  readonly accounts: readonly Named[]
  readonly profiles: readonly (Named & { readonly isOwn: boolean; readonly isOwner: boolean })[]
  readonly projects: readonly Named[]
  readonly answer: (NonNullable<Parameters<typeof useFieldErrors>[0]> & { readonly problem?: string }) | undefined
}

/** The form for one more person. */
export function InviteCard({ accounts, profiles, projects, answer }: InviteProps) {
  const { t } = useTranslation('access')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card id="invite" title={t('members.invite')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        {answer?.problem ? <Notice tone="critical">{t('members.problem.too-many')}</Notice> : null}
        <TextInput name="name" label={t('members.name')} required maxLength={200} defaultValue={typed('name')} error={error('name')} />
        <TextInput
          name="email"
          type="email"
          label={t('members.email')}
          required
          dir="ltr"
          defaultValue={typed('email')}
          error={error('email')}
        />
        {accounts.length > 1 ? (
          <Select name="accountId" label={t('members.for')} defaultValue={typed('accountId')} error={error('accountId')}>
            {accounts.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        ) : (
          <input type="hidden" name="accountId" value={accounts[0]?.id} />
        )}
        <MemberTerms
          profiles={profiles}
          projects={projects}
          profileId={profiles.find(({ isOwner }) => !isOwner)?.id}
          chosen={null}
          error={error}
          typed={typed}
        />
        <div>
          <SubmitButton>{t('members.send')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
