import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import type { PromotionChoices } from '#app/reports/promotions/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Checkbox, Select, TextInput } from '#app/ui/forms/field.tsx'
import type { EditorFields } from './editor.tsx'

type FieldsProps = { fields: EditorFields }
type TextFieldProps = FieldsProps & ComponentProps<typeof TextInput>

function TextField({ fields, name, ...rest }: TextFieldProps) {
  return <TextInput name={name} defaultValue={fields.value(name)} error={fields.error(name)} {...rest} />
}

/** What it is called, for buyers and for staff. */
export function NameFields({ fields, isNew }: FieldsProps & { isNew: boolean }) {
  const { t } = useTranslation(['promotion', 'common'])
  return (
    <Card id="names" title={t('form.names')}>
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField fields={fields} name="name" label={t('form.name')} help={t('form.nameHelp')} required maxLength={120} />
        <TextField fields={fields} name="code" label={t('form.code')} help={t('form.codeHelp')} required maxLength={60} dir="ltr" />
        {isNew ? (
          <TextField
            fields={fields}
            name="publicCode"
            label={t('form.publicCode')}
            help={t('form.publicCodeHelp')}
            isOptional={t('common:optional')}
            maxLength={40}
            dir="ltr"
            autoCapitalize="characters"
          />
        ) : null}
      </div>
    </Card>
  )
}

/** Who may redeem it, and for what. */
export function ConditionFields({ fields, choices }: FieldsProps & { choices: PromotionChoices }) {
  const { t } = useTranslation(['promotion', 'common'])
  const known = (words: readonly string[]) => (words.length > 0 ? t('form.known', { words: words.join(', ') }) : t('form.noneKnown'))
  return (
    <Card id="conditions" title={t('form.conditions')}>
      <div className="grid gap-5">
        <Checkbox name="isFirstOrderOnly" label={t('form.firstOrder')} defaultChecked={fields.value('isFirstOrderOnly') === 'on'} />
        <Checkbox name="isNewCustomersOnly" label={t('form.newCustomers')} defaultChecked={fields.value('isNewCustomersOnly') === 'on'} />
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField
            fields={fields}
            name="productGroups"
            label={t('form.productGroups')}
            help={known(choices.productGroups)}
            isOptional={t('common:optional')}
          />
          <TextField
            fields={fields}
            name="channels"
            label={t('form.channels')}
            help={known(choices.channels.map(({ code }) => code))}
            isOptional={t('common:optional')}
          />
        </div>
      </div>
    </Card>
  )
}

/** When, and how often. */
export function LimitFields({ fields, choices }: FieldsProps & { choices: PromotionChoices }) {
  const { t } = useTranslation(['promotion', 'common'])
  const optional = t('common:optional')
  return (
    <Card id="limits" title={t('form.limits')}>
      <div className="grid gap-5 sm:grid-cols-2">
        <TextInput
          name="startsOn"
          type="date"
          label={t('form.startsOn')}
          help={t('form.daysHelp')}
          required
          defaultValue={fields.value('startsOn') ?? choices.today}
          error={fields.error('startsOn')}
        />
        <TextField fields={fields} name="endsOn" type="date" label={t('form.endsOn')} isOptional={optional} />
        <TextField fields={fields} name="maxRedemptions" label={t('form.maxRedemptions')} inputMode="numeric" isOptional={optional} />
        <TextField fields={fields} name="maxPerAccount" label={t('form.maxPerAccount')} inputMode="numeric" isOptional={optional} />
        <Select
          name="campaignId"
          label={t('form.campaign')}
          help={t('form.campaignHelp')}
          defaultValue={fields.value('campaignId') ?? ''}
          error={fields.error('campaignId')}
        >
          <option value="">{t('form.noCampaign')}</option>
          {choices.campaigns.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </div>
    </Card>
  )
}

/** In which order it applies, and beside what. */
export function StackFields({ fields }: FieldsProps) {
  const { t } = useTranslation(['promotion', 'common'])
  return (
    <Card id="stacking" title={t('form.stacking')}>
      <div className="grid gap-5">
        <p className="max-w-prose text-sm text-muted">{t('form.stackingText')}</p>
        <Checkbox name="isStackable" label={t('form.isStackable')} defaultChecked={fields.value('isStackable') === 'on'} />
        <div className="grid gap-5 sm:grid-cols-2">
          <TextInput
            name="priority"
            label={t('form.priority')}
            help={t('form.priorityHelp')}
            inputMode="numeric"
            defaultValue={fields.value('priority') ?? '100'}
            error={fields.error('priority')}
          />
          <TextField
            fields={fields}
            name="stackGroup"
            label={t('form.stackGroup')}
            help={t('form.stackGroupHelp')}
            isOptional={t('common:optional')}
          />
        </div>
      </div>
    </Card>
  )
}
