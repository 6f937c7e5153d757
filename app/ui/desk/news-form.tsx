import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { longestNewsText, longestNewsTitle, type NewsPlace, newsPlaces } from '#app/domain/news/news.ts'
import { directionOf, type Language, languageNames } from '#app/i18n/languages.ts'
import { Card } from '../base/card.tsx'
import { Select, TextArea, TextInput } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { useFieldErrors } from '../forms/use-field-errors.ts'

type NewsFormProps = {
  readonly languages: readonly Language[]
  readonly fields: Readonly<Record<string, string>>
  readonly place?: NewsPlace
  readonly isPublished: boolean
  readonly answer: Parameters<typeof useFieldErrors>[0]
}

/** What news says in each language of the store, where it appears and when. A language that is left empty has no text of its own. */
export function NewsForm({ languages, fields, place = 'store-and-panel', isPublished, answer }: NewsFormProps) {
  const { t } = useTranslation(['office', 'common'])
  const { error, typed } = useFieldErrors(answer)
  const field = (name: string) => ({ name, error: error(name), defaultValue: typed(name) ?? fields[name] ?? '' })
  const time = { type: 'datetime-local', isOptional: t('common:optional') }
  return (
    <Form method="post" className="grid gap-6">
      <FormToken />
      {languages.map((language) => (
        <Card key={language} id={`in-${language}`} title={<span lang={language}>{languageNames[language]}</span>}>
          <div className="grid gap-5">
            <TextInput
              {...field(`title-${language}`)}
              label={t('news.heading')}
              lang={language}
              dir={directionOf(language)}
              maxLength={longestNewsTitle}
            />
            <TextArea
              {...field(`text-${language}`)}
              label={t('news.text')}
              help={t('news.textHelp')}
              lang={language}
              dir={directionOf(language)}
              rows={8}
              maxLength={longestNewsText}
            />
          </div>
        </Card>
      ))}
      <Card id="shown" title={t('news.shown')}>
        <div className="grid gap-5 sm:grid-cols-2">
          <Select {...field('place')} defaultValue={typed('place') ?? place} label={t('news.place')} className="sm:col-span-2">
            {newsPlaces.map((one) => (
              <option key={one} value={one}>
                {t(`news.placeOf.${one}`)}
              </option>
            ))}
          </Select>
          <TextInput {...field('showsFrom')} {...time} label={t('news.from')} help={t('news.fromHelp')} />
          <TextInput {...field('showsUntil')} {...time} label={t('news.until')} help={t('news.untilHelp')} />
        </div>
      </Card>
      <div className="flex flex-wrap gap-3">
        {isPublished ? (
          <SubmitButton name="deed" value="save">
            {t('news.saveShown')}
          </SubmitButton>
        ) : (
          <>
            <SubmitButton name="deed" value="publish">
              {t('news.publish')}
            </SubmitButton>
            <SubmitButton name="deed" value="save" look="secondary">
              {t('news.saveDraft')}
            </SubmitButton>
          </>
        )}
      </div>
    </Form>
  )
}
