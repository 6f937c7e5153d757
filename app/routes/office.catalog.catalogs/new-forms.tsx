import { Form } from '@remix-run/react'
import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CatalogsOverview } from '#app/reports/catalogs/shape.ts'
import { Checkbox, Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import type { CatalogDeed } from './forms.ts'

export type FormState = {
  /** Whether the form of a deed begins unfolded: what was typed into it was refused. */
  readonly isOpen: (deed: CatalogDeed) => boolean
  readonly error: (name: string) => string | undefined
  readonly typed: (name: string) => string | undefined
}
export type NewFormProps = { readonly overview: CatalogsOverview; readonly state: FormState }

type DeedFormProps = { readonly deed: CatalogDeed; readonly submit: string; readonly isOpen: boolean; readonly children: ReactNode }

/** The frame of each form below a table, folded until it is wanted or refused; the deed stands in the address. */
export function DeedForm({ deed, submit, isOpen, children }: DeedFormProps) {
  return (
    <details open={isOpen} className="border-t border-border">
      <summary className="flex min-h-11 cursor-pointer items-center gap-2 px-card py-3 text-sm font-medium hover:bg-soft">
        <Plus aria-hidden className="size-4 shrink-0" />
        {submit}
      </summary>
      <Form method="post" action={`?deed=${deed}`} className="grid items-start gap-4 px-card pt-2 pb-5 sm:grid-cols-2">
        <FormToken />
        {children}
        <div className="sm:col-span-2">
          <SubmitButton look="secondary">{submit}</SubmitButton>
        </div>
      </Form>
    </details>
  )
}

type CatalogSelectProps = NewFormProps & { readonly name: string; readonly isOfChannel?: boolean }

/** The catalogs there are, or only those of channels. */
export function CatalogSelect({ name, overview, state, isOfChannel = false }: CatalogSelectProps) {
  const { t } = useTranslation('catalog')
  const choices = overview.catalogs.filter(({ isReference }) => !isOfChannel || !isReference)
  return (
    <Select name={name} label={t('channels.catalog')} defaultValue={state.typed(name)} error={state.error(name)}>
      {choices.map((catalog) => (
        <option key={catalog.id} value={catalog.id}>
          {catalog.name}
        </option>
      ))}
    </Select>
  )
}

/** A line of a new catalog. */
export function NewCatalog({ state }: NewFormProps) {
  const { t } = useTranslation('catalog')
  const { error, typed } = state
  return (
    <DeedForm deed="catalog" submit={t('catalogs.add')} isOpen={state.isOpen('catalog')}>
      <TextInput name="name" label={t('catalogs.name')} required maxLength={120} defaultValue={typed('name')} error={error('name')} />
      <TextInput
        name="code"
        label={t('catalogs.code')}
        dir="ltr"
        required
        help={t('catalogs.codeHelp')}
        defaultValue={typed('code')}
        error={error('code')}
      />
    </DeedForm>
  )
}

/** A new selling route. */
export function NewChannel({ overview, state }: NewFormProps) {
  const { t } = useTranslation(['catalog', 'common'])
  const { error, typed } = state
  const optional = t('common:optional')
  return (
    <DeedForm deed="channel" submit={t('channels.add')} isOpen={state.isOpen('channel')}>
      <TextInput
        name="channelName"
        label={t('channels.name')}
        required
        maxLength={120}
        defaultValue={typed('channelName')}
        error={error('channelName')}
      />
      <TextInput
        name="channelCode"
        label={t('catalogs.code')}
        dir="ltr"
        required
        help={t('catalogs.codeHelp')}
        defaultValue={typed('channelCode')}
        error={error('channelCode')}
      />
      <CatalogSelect name="channelCatalogId" overview={overview} state={state} />
      <TextInput
        name="channelSegment"
        label={t('channels.segment')}
        isOptional={optional}
        defaultValue={typed('channelSegment')}
        error={error('channelSegment')}
      />
      <TextInput
        name="countries"
        label={t('channels.countries')}
        dir="ltr"
        isOptional={optional}
        help={t('channels.countriesHelp')}
        defaultValue={typed('countries')}
        error={error('countries')}
      />
      <TextInput
        name="currencies"
        label={t('channels.currencies')}
        dir="ltr"
        isOptional={optional}
        help={t('channels.currenciesHelp')}
        defaultValue={typed('currencies')}
        error={error('currencies')}
      />
      <Checkbox name="isDefault" label={t('channels.makeDefault')} />
    </DeedForm>
  )
}

/** A new rule: buyers of a level, segment or country see this catalog. */
export function NewRule({ overview, state }: NewFormProps) {
  const { t } = useTranslation(['catalog', 'common'])
  const { error, typed } = state
  const optional = t('common:optional')
  return (
    <DeedForm deed="rule" submit={t('channels.addRule')} isOpen={state.isOpen('rule')}>
      <CatalogSelect name="ruleCatalogId" overview={overview} state={state} />
      <Select
        name="partnerLevelId"
        label={t('channels.level')}
        isOptional={optional}
        defaultValue={typed('partnerLevelId') ?? ''}
        error={error('partnerLevelId')}
      >
        <option value="">–</option>
        {overview.levels.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <TextInput
        name="ruleSegment"
        label={t('channels.segment')}
        isOptional={optional}
        defaultValue={typed('ruleSegment')}
        error={error('ruleSegment')}
      />
      <TextInput
        name="country"
        label={t('channels.country')}
        dir="ltr"
        maxLength={2}
        isOptional={optional}
        defaultValue={typed('country')}
        error={error('country')}
      />
      <TextInput
        name="priority"
        label={t('channels.priority')}
        help={t('channels.priorityHelp')}
        inputMode="numeric"
        dir="ltr"
        defaultValue={typed('priority') ?? '0'}
        error={error('priority')}
      />
    </DeedForm>
  )
}

/** A new draft of changes. */
export function NewRevision({ overview, state }: NewFormProps) {
  const { t } = useTranslation('catalog')
  return (
    <DeedForm deed="revision" submit={t('revisions.add')} isOpen={state.isOpen('revision')}>
      <CatalogSelect name="catalogId" overview={overview} state={state} />
      <TextInput
        name="note"
        label={t('revisions.note')}
        required
        maxLength={200}
        defaultValue={state.typed('note')}
        error={state.error('note')}
      />
    </DeedForm>
  )
}
