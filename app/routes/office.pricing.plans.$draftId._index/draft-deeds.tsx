import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextArea, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

type DeedsProps = {
  draftId: string
  state: 'draft' | 'submitted' | 'activated' | 'discarded'
  firstDay: string
  hasLosses: boolean
  mayWrite: boolean
  mayApprove: boolean
  isOwn: boolean
  json: string
}

/** What can be done with a draft: put it before a second person, activate it, lay it aside, carry it in and out as a file. */
export function DraftDeeds({ draftId, state, firstDay, hasLosses, mayWrite, mayApprove, isOwn, json }: DeedsProps) {
  const { t } = useTranslation('pricing')
  return (
    <div className="mt-6 grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
      {state === 'draft' && mayWrite ? <SubmitCard firstDay={firstDay} hasLosses={hasLosses} /> : null}
      {state === 'submitted' ? (
        <Card title={t('plans.activate')}>
          {mayApprove && !isOwn ? (
            <Form method="post" className="grid gap-4">
              <FormToken />
              <p className="text-sm text-muted">{t('plans.activateText')}</p>
              <div>
                <SubmitButton name="intent" value="activate">
                  {t('plans.activate')}
                </SubmitButton>
              </div>
            </Form>
          ) : (
            <Notice>{t(isOwn ? 'plans.waitsForOther' : 'plans.waitsForApprover')}</Notice>
          )}
        </Card>
      ) : null}
      <Card title={t('plans.file')}>
        <Form method="post" className="grid gap-4">
          <FormToken />
          <TextArea name="json" label={t('plans.json')} help={t('plans.jsonHelp')} isCode rows={12} defaultValue={json} key={json} />
          <div className="flex flex-wrap gap-2">
            {mayWrite && (state === 'draft' || state === 'submitted') ? (
              <SubmitButton name="intent" value="import">
                {t('plans.import')}
              </SubmitButton>
            ) : null}
            <ButtonLink to={`/office/pricing/plans/${draftId}/export`} look="secondary" isOtherArea>
              {t('plans.export')}
            </ButtonLink>
            {mayWrite && (state === 'draft' || state === 'submitted') ? (
              <Button name="intent" value="discard" look="danger">
                {t('plans.discard')}
              </Button>
            ) : null}
          </div>
        </Form>
      </Card>
    </div>
  )
}

function SubmitCard({ firstDay, hasLosses }: { firstDay: string; hasLosses: boolean }) {
  const { t } = useTranslation('pricing')
  return (
    <Card title={t('plans.submit')}>
      <Form method="post" className="grid gap-4">
        <FormToken />
        <p className="text-sm text-muted">{t('plans.submitText')}</p>
        <TextInput type="date" name="activateOn" label={t('plans.activateOn')} min={firstDay} defaultValue={firstDay} required />
        {hasLosses ? <TextInput name="reason" label={t('plans.reason')} help={t('plans.reasonHelp')} maxLength={200} required /> : null}
        <div>
          <SubmitButton name="intent" value="submit">
            {t('plans.submit')}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
