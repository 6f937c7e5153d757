import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { LevelsOverview } from '#app/reports/partner-levels/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

type AssignLevelProps = {
  overview: LevelsOverview
  today: string
  error: (name: string) => string | undefined
  typed: (name: string) => string | undefined
}

/** Gives one reseller a level by hand, from a day on, for a reason that is kept. */
export function AssignLevel({ overview, today, error, typed }: AssignLevelProps) {
  const { t } = useTranslation('partner')
  return (
    <Card title={t('assign.title')} aside={t('assign.aside')}>
      <Form method="post" className="grid items-start gap-4 sm:grid-cols-2">
        <FormToken />
        <Select name="accountId" label={t('reseller')} defaultValue={typed('accountId')} error={error('accountId')}>
          {overview.resellers.map(({ accountId, name }) => (
            <option key={accountId} value={accountId}>
              {name}
            </option>
          ))}
        </Select>
        <Select name="levelId" label={t('level')} defaultValue={typed('levelId')} error={error('levelId')}>
          {overview.levels.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <TextInput
          name="from"
          type="date"
          label={t('assign.from')}
          required
          min={today}
          defaultValue={typed('from') ?? today}
          error={error('from')}
        />
        <TextInput
          name="reason"
          label={t('assign.reason')}
          required
          maxLength={200}
          defaultValue={typed('reason')}
          error={error('reason')}
        />
        <div className="sm:col-span-2">
          <SubmitButton>{t('assign.submit')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
