import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '#app/ui/base/card.tsx'
import { LanguageTabs } from '#app/ui/base/language-tabs.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SaveBar } from '#app/ui/forms/save-bar.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { brandDesk } from '#app/web/branding/brand-desk.server.ts'
import { languageIn } from '#app/web/branding/brand-texts.server.ts'
import { saveWords, wordsToReplace } from '#app/web/branding/brand-words.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { content, revision } = await brandDesk(request)
  const language = languageIn(request, content.languages, content.languages[0])
  return {
    revision,
    language,
    languages: content.languages,
    words: wordsToReplace(language, content.words[language] ?? {}),
    title: await pageTitle(request, 'brand', 'section.words'),
  }
}

export const action = ({ request }: ActionFunctionArgs) => saveWords(request)

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

const surfaces = ['common', 'store', 'panel'] as const

export default function Words() {
  const { revision, language, languages, words } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['brand', 'common'])
  const { error, typed } = useFieldErrors(answer)
  return (
    <>
      <LanguageTabs label={t('texts.language')} languages={languages} chosen={language} />
      <p className="mb-4 max-w-[44rem] text-sm text-muted">{t('words.text')}</p>
      <Form method="post" key={`${revision} ${language}`} className="flex max-w-4xl flex-col gap-6">
        <FormToken />
        <input type="hidden" name="revision" value={revision} />
        <input type="hidden" name="textsIn" value={language} />
        {answer?.problem ? <Notice tone="critical">{t(`problem.${answer.problem}`)}</Notice> : null}
        {surfaces.map((surface) => (
          <Card key={surface} id={surface} title={t(`words.${surface}`)}>
            <div className="grid gap-4 sm:grid-cols-2">
              {words
                .filter((word) => word.surface === surface)
                .map(({ name, original, own }) => (
                  <TextInput
                    key={name}
                    name={name}
                    label={<bdi lang={language}>{original}</bdi>}
                    error={error(name)}
                    defaultValue={typed(name) ?? own}
                    placeholder={original}
                    lang={language}
                    maxLength={240}
                    autoComplete="off"
                  />
                ))}
            </div>
          </Card>
        ))}
        <SaveBar>{t('deed.save')}</SaveBar>
      </Form>
    </>
  )
}
