import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { brandLanguages, mostQuestions, mostTrust } from '#app/domain/brand/brand-content.ts'
import { languageNames } from '#app/i18n/languages.ts'
import { Card } from '#app/ui/base/card.tsx'
import { LanguageTabs } from '#app/ui/base/language-tabs.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { Checkbox, TextArea, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SaveBar } from '#app/ui/forms/save-bar.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { brandDesk } from '#app/web/branding/brand-desk.server.ts'
import { languageIn, saveTexts, typedTexts } from '#app/web/branding/brand-texts.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { content, revision } = await brandDesk(request)
  const language = languageIn(request, brandLanguages, content.languages[0])
  return {
    revision,
    language,
    isOffered: content.languages.includes(language),
    isFirst: content.languages[0] === language,
    texts: typedTexts(content.texts[language]),
    title: await pageTitle(request, 'brand', 'section.texts'),
  }
}

export const action = ({ request }: ActionFunctionArgs) => saveTexts(request)

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function StoreTextsPage() {
  const { revision, language, isOffered, isFirst, texts } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['brand', 'common'])
  const { error, typed } = useFieldErrors(answer)
  const field = (name: string) => ({ name, error: error(name), defaultValue: typed(name) ?? texts[name] ?? '', lang: language })
  return (
    <>
      <LanguageTabs label={t('texts.language')} languages={brandLanguages} chosen={language} />
      <Form method="post" key={`${revision} ${language}`} className="flex flex-col gap-6">
        <FormToken />
        <input type="hidden" name="revision" value={revision} />
        <input type="hidden" name="textsIn" value={language} />
        {answer?.problem ? <Notice tone="critical">{t(`problem.${answer.problem}`)}</Notice> : null}
        <Card id="promise" title={languageNames[language]}>
          <div className="grid gap-5">
            <Checkbox name="isOffered" label={t('texts.offered')} defaultChecked={isOffered} disabled={isFirst} />
            {isFirst ? <input type="hidden" name="isOffered" value="on" /> : <Checkbox name="isFirst" label={t('texts.first')} />}
            <TextInput {...field('promise')} label={t('texts.promise')} maxLength={80} />
            <TextArea {...field('lead')} label={t('texts.lead')} maxLength={240} />
          </div>
        </Card>
        <Card id="trust" title={t('texts.trust')}>
          <div className="grid gap-6">
            {Array.from({ length: mostTrust }, (_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a place is its number -- no other key exists
              <div key={at} className="grid gap-3">
                <TextInput {...field(`trustTitle${at}`)} label={t('texts.trustTitle', { number: at + 1 })} maxLength={50} />
                <TextInput {...field(`trustText${at}`)} label={t('texts.trustText', { number: at + 1 })} maxLength={160} />
              </div>
            ))}
          </div>
        </Card>
        <Card id="questions" title={t('texts.questions')}>
          <div className="grid gap-6">
            {Array.from({ length: mostQuestions }, (_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a place is its number -- no other key exists
              <div key={at} className="grid gap-3">
                <TextInput {...field(`question${at}`)} label={t('texts.question', { number: at + 1 })} maxLength={120} />
                <TextArea {...field(`answer${at}`)} label={t('texts.answer', { number: at + 1 })} maxLength={600} />
              </div>
            ))}
          </div>
        </Card>
        <SaveBar>{t('deed.save')}</SaveBar>
      </Form>
    </>
  )
}
