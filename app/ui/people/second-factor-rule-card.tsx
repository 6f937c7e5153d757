import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '../base/card.tsx'
import { Checkbox } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'

type Rule = { readonly isRequired: boolean; readonly staff: number; readonly secured: number }

/** Whether the seller's staff must have a second factor; for owners. */
export function SecondFactorRuleCard({ rule, actionPath }: { rule: Rule; actionPath: string }) {
  const { t } = useTranslation('person')
  return (
    <Card id="rule" title={t('rule.title')} className="mt-6">
      <Form method="post" action={actionPath} className="grid max-w-xl gap-4">
        <FormToken />
        <p className="text-sm text-muted">{t('rule.lead')}</p>
        <p className="text-sm">{t('rule.have', { secured: rule.secured, staff: rule.staff })}</p>
        <Checkbox name="isRequired" label={t('rule.require')} defaultChecked={rule.isRequired} />
        <div>
          <SubmitButton name="deed" value="require-factor" look="secondary">
            {t('rule.save')}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
