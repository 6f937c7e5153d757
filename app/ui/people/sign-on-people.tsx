import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '../base/card.tsx'
import { DateTime } from '../base/date-time.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'

type Person = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly subject: string
  readonly lastUsedAt: Date
}

/** Who came in by a directory, each with a way to part the name there from the person here. */
export function SignOnPeople({ people }: { people: readonly Person[] }) {
  const { t } = useTranslation('signon')
  return (
    <Card id="people" title={t('people')}>
      <p className="text-sm text-muted">{t(people.length > 0 ? 'peopleText' : 'nobody')}</p>
      <ul className="mt-4 grid gap-4">
        {people.map(({ id, email, name, subject, lastUsedAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-3 border-t border-border pt-3 text-sm">
            <div className="min-w-0">
              <p className="font-medium">
                <bdi>{name}</bdi>
              </p>
              <p dir="ltr" className="break-all text-muted text-start">
                {email} · {subject}
              </p>
              <DateTime instant={lastUsedAt} />
            </div>
            <Form method="post">
              <FormToken />
              <input type="hidden" name="identityId" value={id} />
              <SubmitButton look="secondary" size="small" name="deed" value="disconnect">
                {t('disconnect')}
              </SubmitButton>
            </Form>
          </li>
        ))}
      </ul>
    </Card>
  )
}
