import { useTranslation } from 'react-i18next'
import { languageNames, supportedLanguages } from '#app/i18n/languages.ts'
import { TextInput } from '#app/ui/forms/field.tsx'

type Words = Readonly<Record<string, string>>
type WordFieldsProps = {
  known?: { names: Words; unitWords: Words }
  error: (name: string) => string | undefined
  typed: (name: string) => string | undefined
  isReadOnly?: boolean
}

/** What a meter and one unit of it are called, in each language; one is enough, and stands in for the others. */
export function WordFields({ known, error, typed, isReadOnly = false }: WordFieldsProps) {
  const { t } = useTranslation('catalog')
  return (
    <fieldset className="min-w-0 sm:col-span-2">
      <legend className="text-sm font-medium">{t('meters.words')}</legend>
      <p className="mt-1 mb-3 max-w-prose text-sm text-muted">{t('meters.wordsHelp')}</p>
      <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
        {supportedLanguages.map((code) => (
          <div key={code} className="contents">
            <TextInput
              name={`name_${code}`}
              label={t('meters.nameIn', { language: languageNames[code] })}
              lang={code}
              dir="auto"
              maxLength={80}
              disabled={isReadOnly}
              defaultValue={typed(`name_${code}`) ?? known?.names[code] ?? ''}
              error={error(`name_${code}`)}
            />
            <TextInput
              name={`unitWord_${code}`}
              label={t('meters.unitWordIn', { language: languageNames[code] })}
              lang={code}
              dir="auto"
              maxLength={80}
              disabled={isReadOnly}
              defaultValue={typed(`unitWord_${code}`) ?? known?.unitWords[code] ?? ''}
              error={error(`unitWord_${code}`)}
            />
          </div>
        ))}
      </div>
    </fieldset>
  )
}
