import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Money as Amount } from '#app/domain/money/money.ts'
import { Card } from '../base/card.tsx'
import { Money } from '../base/money.tsx'
import { TextLink } from '../base/text-link.tsx'
import { Checkbox, Select, TextInput } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { useFieldErrors } from '../forms/use-field-errors.ts'
import { Table } from '../tables/table.tsx'

type Department = {
  readonly id: string
  readonly name: string
  readonly servers: number
  readonly accrued: Amount
  readonly limit: Amount | null
  readonly used: Amount | null
}

type DepartmentListProps = {
  readonly rows: readonly Department[]
  readonly pathOf?: (id: string) => string
}

/** The departments of an enterprise, what each uses and may owe. */
export function DepartmentList({ rows, pathOf }: DepartmentListProps) {
  const { t } = useTranslation(['access', 'common'])
  return (
    <Card id="departments" title={t('common:account.departments')} isFlush>
      <Table
        caption={t('common:account.departments')}
        rows={rows}
        rowKey={({ id }) => id}
        empty={<p className="px-card py-4 text-sm text-muted">{t('departments.none')}</p>}
        columns={[
          {
            key: 'name',
            head: t('departments.name'),
            isPrimary: true,
            cell: ({ id, name }) => (pathOf ? <TextLink to={pathOf(id)}>{name}</TextLink> : <bdi className="font-medium">{name}</bdi>),
          },
          { key: 'servers', head: t('departments.servers'), isNumber: true, cell: ({ servers }) => servers },
          { key: 'accrued', head: t('departments.accrued'), isNumber: true, cell: ({ accrued }) => <Money amount={accrued} /> },
          { key: 'used', head: t('departments.used'), isNumber: true, cell: ({ used }) => (used ? <Money amount={used} /> : '–') },
          {
            key: 'limit',
            head: t('departments.limit'),
            isNumber: true,
            isLong: true,
            cell: ({ limit }) => (limit ? <Money amount={limit} /> : t('departments.noLimit')),
          },
        ]}
      />
    </Card>
  )
}

type Answer = NonNullable<Parameters<typeof useFieldErrors>[0]> & { readonly obstacles?: readonly string[] }

type DepartmentFormsProps = {
  readonly rows: readonly Pick<Department, 'id' | 'name' | 'limit'>[]
  readonly limit: Amount
  readonly answer: Answer | undefined
  /** Where the forms are sent, when not to their own page. */
  readonly action?: string
}

/** Opens one more department, and changes or closes those there are. */
export function DepartmentForms({ rows, limit, answer, action }: DepartmentFormsProps) {
  const { t } = useTranslation('access')
  const opening = useFieldErrors(answer?.values?.what === 'open' ? answer : undefined)
  const sent = action === undefined ? {} : { action }
  // Once something was done the forms are empty again.
  const state = rows.map(({ id, name, limit: own }) => `${id} ${name} ${own?.minor ?? ''}`).join()
  return (
    <>
      <Card id="open-department" title={t('departments.open')}>
        <p className="mb-4 text-sm text-muted">{t('departments.openText')}</p>
        <Form key={state} method="post" {...sent} className="grid gap-4">
          <FormToken />
          <TextInput
            name="departmentName"
            label={t('departments.name')}
            required
            maxLength={120}
            defaultValue={opening.typed('departmentName')}
            error={opening.error('departmentName')}
          />
          <LimitField name="departmentLimit" limit={limit} errors={opening} />
          <div>
            <SubmitButton name="what" value="open">
              {t('departments.open')}
            </SubmitButton>
          </div>
        </Form>
      </Card>
      {rows.length > 0 ? (
        <Card id="change-department" title={t('departments.change')}>
          <Form key={state} method="post" {...sent} className="grid gap-4">
            <FormToken />
            <ChangeFields rows={rows} limit={limit} answer={answer?.values?.what === 'open' ? undefined : answer} />
          </Form>
        </Card>
      ) : null}
    </>
  )
}

function ChangeFields({ rows, limit, answer }: Pick<DepartmentFormsProps, 'rows' | 'limit' | 'answer'>) {
  const { t } = useTranslation(['access', 'common'])
  const errors = useFieldErrors(answer)
  const { error, typed } = errors
  const obstacles = answer?.obstacles ?? []
  return (
    <>
      <Select name="departmentId" label={t('departments.department')} defaultValue={typed('departmentId')} error={error('departmentId')}>
        {rows.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <TextInput
        name="newName"
        label={t('departments.newName')}
        isOptional={t('common:optional')}
        maxLength={120}
        defaultValue={typed('newName')}
        error={error('newName')}
      />
      <LimitField name="newLimit" limit={limit} errors={errors} />
      {rows.some((row) => row.limit) ? (
        <Checkbox name="liftsLimit" label={t('departments.lift')} defaultChecked={typed('liftsLimit') === 'on'} />
      ) : null}
      <div>
        <SubmitButton name="what" value="change" look="secondary">
          {t('departments.save')}
        </SubmitButton>
      </div>
      <details className="text-sm" open={obstacles.length > 0}>
        <summary className="w-fit cursor-pointer rounded-tag text-accent underline decoration-accent/40 underline-offset-4">
          {t('departments.close')}
        </summary>
        <div className="mt-2 grid gap-3">
          <p className="text-muted">{t('departments.closeText')}</p>
          {obstacles.length > 0 ? (
            <ul className="list-disc ps-5">
              {obstacles.map((obstacle) => (
                <li key={obstacle}>{t(`departments.obstacle.${obstacle as 'services'}`)}</li>
              ))}
            </ul>
          ) : null}
          <div>
            <SubmitButton name="what" value="close" look="danger" size="small">
              {t('departments.close')}
            </SubmitButton>
          </div>
        </div>
      </details>
    </>
  )
}

type LimitFieldProps = {
  readonly name: string
  readonly limit: Amount
  readonly errors: ReturnType<typeof useFieldErrors>
}

function LimitField({ name, limit, errors: { error, typed } }: LimitFieldProps) {
  const { t } = useTranslation(['access', 'common'])
  return (
    <TextInput
      name={name}
      label={t('departments.limitIn', { currency: limit.currency })}
      help={t('departments.limitHelp')}
      inputMode="decimal"
      dir="ltr"
      isOptional={t('common:optional')}
      defaultValue={typed(name)}
      error={error(name)}
    />
  )
}
