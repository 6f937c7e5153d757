import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { CreditThresholds } from '#app/domain/credit/thresholds.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import type { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type Errors = ReturnType<typeof useFieldErrors>

/** A new base limit, and one more for a time. */
export function LimitForms({ currency, today, errors: { error, typed } }: { currency: string; today: string; errors: Errors }) {
  const { t } = useTranslation('settlement')
  return (
    <>
      <Card title={t('credit.change.title')}>
        <Form method="post" action="?deed=limit" className="grid gap-4">
          <FormToken />
          <TextInput
            name="limit"
            label={t('credit.change.limit', { currency })}
            inputMode="decimal"
            defaultValue={typed('limit')}
            error={error('limit')}
          />
          <TextInput name="limitReason" label={t('credit.reason')} defaultValue={typed('limitReason')} error={error('limitReason')} />
          <div>
            <SubmitButton>{t('credit.change.save')}</SubmitButton>
          </div>
        </Form>
      </Card>
      <Card title={t('credit.raise.title')}>
        <Form method="post" action="?deed=increase" className="grid gap-4">
          <FormToken />
          <TextInput
            name="increase"
            label={t('credit.raise.amount', { currency })}
            inputMode="decimal"
            defaultValue={typed('increase')}
            error={error('increase')}
          />
          <TextInput name="from" type="date" label={t('credit.raise.from')} defaultValue={typed('from') ?? today} error={error('from')} />
          <TextInput
            name="until"
            type="date"
            label={t('credit.raise.until')}
            help={t('credit.raise.untilHelp')}
            defaultValue={typed('until')}
            error={error('until')}
          />
          <TextInput
            name="increaseReason"
            label={t('credit.reason')}
            defaultValue={typed('increaseReason')}
            error={error('increaseReason')}
          />
          <div>
            <SubmitButton>{t('credit.raise.save')}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  )
}

/** Whether the limit is the one of the partner level, and the way back to it. */
export function LevelCard({ name, isFollowed }: { readonly name: string; readonly isFollowed: boolean }) {
  const { t } = useTranslation('settlement')
  return (
    <Card title={t('credit.level.title', { level: name })}>
      <p className="text-sm">{t(isFollowed ? 'credit.level.followed' : 'credit.level.own')}</p>
      {isFollowed ? null : (
        <Form method="post" action="?deed=level" className="mt-4">
          <FormToken />
          <SubmitButton look="secondary">{t('credit.level.follow')}</SubmitButton>
        </Form>
      )}
    </Card>
  )
}

type Department = { readonly id: string; readonly name: string; readonly hasLimit: boolean }
type DepartmentFormProps = { readonly departments: readonly Department[]; readonly currency: string; readonly errors: Errors }

/** Limits of their own for departments, beside that of the enterprise. */
export function DepartmentForm({ departments, currency, errors: { error, typed } }: DepartmentFormProps) {
  const { t } = useTranslation('settlement')
  return (
    <Card title={t('credit.departments.title')}>
      <ul className="mb-4 grid gap-1 text-sm">
        {departments
          .filter(({ hasLimit }) => hasLimit)
          .map(({ id, name }) => (
            <li key={id}>
              <TextLink to={`/office/accounts/${id}/credit`}>{name}</TextLink>
            </li>
          ))}
      </ul>
      <Form method="post" action="?deed=department" className="grid gap-4">
        <FormToken />
        <Select name="departmentId" label={t('credit.departments.name')} defaultValue={typed('departmentId')} error={error('departmentId')}>
          {departments.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <TextInput
          name="departmentLimit"
          label={t('credit.change.limit', { currency })}
          inputMode="decimal"
          defaultValue={typed('departmentLimit')}
          error={error('departmentLimit')}
        />
        <TextInput
          name="departmentReason"
          label={t('credit.reason')}
          defaultValue={typed('departmentReason')}
          error={error('departmentReason')}
        />
        <div>
          <SubmitButton>{t('credit.change.save')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

/** What happens as the limit is used up. */
export function ThresholdsForm({ thresholds, errors: { error, typed } }: { thresholds: CreditThresholds; errors: Errors }) {
  const { t } = useTranslation('settlement')
  const number = (name: 'suspendPercent' | 'suspendHours' | 'prepaidDays') => (
    <TextInput
      name={name}
      label={t(`credit.steps.${name}`)}
      inputMode="numeric"
      defaultValue={typed(name) ?? thresholds[name]}
      error={error(name)}
    />
  )
  return (
    <Card title={t('credit.steps.title')}>
      <Form method="post" action="?deed=thresholds" className="grid gap-4">
        <FormToken />
        <TextInput
          name="warnPercents"
          label={t('credit.steps.warnPercents')}
          help={t('credit.steps.warnHelp')}
          defaultValue={typed('warnPercents') ?? thresholds.warnPercents.join(', ')}
          error={error('warnPercents')}
        />
        {number('suspendPercent')}
        {number('suspendHours')}
        <Select name="policy" label={t('credit.steps.policy')} defaultValue={typed('policy') ?? thresholds.policy} error={error('policy')}>
          <option value="block-only">{t('credit.steps.blockOnly')}</option>
          <option value="suspend-services">{t('credit.steps.suspendServices')}</option>
        </Select>
        {number('prepaidDays')}
        <Notice tone="info">{t('credit.steps.block')}</Notice>
        <div>
          <SubmitButton>{t('credit.steps.save')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
