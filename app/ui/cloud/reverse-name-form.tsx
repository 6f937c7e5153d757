import { useTranslation } from 'react-i18next'
import { DeedForm } from '../forms/deed-form.tsx'
import { TextInput } from '../forms/field.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'

/** How an address is called when it is looked up; an empty field takes the name away. */
export function ReverseNameForm({ formKey, value, error }: { formKey: string; value: string | null; error: string | undefined }) {
  const { t } = useTranslation('cloud')
  return (
    <DeedForm deed="set-reverse-name" formKey={formKey} className="grid gap-5">
      <TextInput
        name="reverseName"
        label={t('hostName')}
        help={t('reverseHelp')}
        defaultValue={value ?? ''}
        error={error}
        maxLength={253}
        dir="ltr"
        spellCheck={false}
        autoCapitalize="none"
      />
      <div>
        <SubmitButton>{t('save')}</SubmitButton>
      </div>
    </DeedForm>
  )
}
