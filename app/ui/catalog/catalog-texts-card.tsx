import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Language, supportedLanguages } from '#app/i18n/languages.ts'
import { Card } from '../base/card.tsx'
import { LanguageTabs } from '../base/language-tabs.tsx'
import { TextArea, TextInput } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'

type InLanguages = Readonly<Record<string, string>>
type CatalogTextsCardProps = {
  readonly texts: { readonly name: InLanguages; readonly description: InLanguages }
  readonly language: Language
  readonly longestName: number
  readonly mayWrite: boolean
  readonly error?: (name: string) => string | undefined
}

/** What a thing of the catalog is called and described as, a tab for each language; those without a name say so. */
export function CatalogTextsCard({ texts, language, longestName, mayWrite, error = () => undefined }: CatalogTextsCardProps) {
  const { t } = useTranslation('catalog')
  const missing = supportedLanguages.filter((code) => !texts.name[code])
  return (
    <Card title={t('products.texts')} id="texts" className="min-w-0">
      <LanguageTabs
        label={t('products.texts')}
        languages={supportedLanguages}
        chosen={language}
        missing={{ languages: missing, word: t('products.missing') }}
      />
      <Form method="post" action={`?intent=text&in=${language}`} key={language} className="grid gap-4" preventScrollReset>
        <FormToken />
        <input type="hidden" name="language" value={language} />
        <TextInput
          name="name"
          label={t('products.name')}
          maxLength={longestName}
          lang={language}
          dir="auto"
          defaultValue={texts.name[language] ?? ''}
          error={error('name')}
          disabled={!mayWrite}
        />
        <TextArea
          name="description"
          label={t('products.description')}
          maxLength={2000}
          lang={language}
          dir="auto"
          defaultValue={texts.description[language] ?? ''}
          error={error('description')}
          disabled={!mayWrite}
        />
        {mayWrite ? (
          <div>
            <SubmitButton look="secondary">{t('products.saveTexts')}</SubmitButton>
          </div>
        ) : null}
      </Form>
    </Card>
  )
}
