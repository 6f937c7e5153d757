import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../base/card.tsx'
import { Notice } from '../base/notice.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'

type MemberCardsProps = {
  /** Nobody changes what they may do themselves; everybody may leave. */
  readonly isSelf: boolean
  /** The fields of what the member may do. */
  readonly terms: ReactNode
  readonly removal: { readonly title: string; readonly text: string }
}

/** Changes what a member may do, and takes the member out. */
export function MemberCards({ isSelf, terms, removal: { title, text } }: MemberCardsProps) {
  const { t } = useTranslation('access')
  return (
    <>
      {isSelf ? (
        <Notice tone="info">{t('members.notYourself')}</Notice>
      ) : (
        <Card id="terms" title={t('members.change')}>
          <Form method="post" className="grid gap-5">
            <FormToken />
            {terms}
            <div>
              <SubmitButton name="deed" value="change">
                {t('members.save')}
              </SubmitButton>
            </div>
          </Form>
        </Card>
      )}
      <Card id="remove" title={title}>
        <Form method="post" className="grid gap-4">
          <FormToken />
          <p className="text-sm text-muted">{text}</p>
          <div>
            <SubmitButton name="deed" value="remove" look="danger">
              {title}
            </SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  )
}
