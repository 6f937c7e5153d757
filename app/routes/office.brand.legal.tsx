import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type BrandContent, BrandLanguage, type LegalPage, legalPages, longestLegalText } from '#app/domain/brand/brand-content.ts'
import { Card } from '#app/ui/base/card.tsx'
import { classNames } from '#app/ui/base/class-names.ts'
import { LanguageTabs } from '#app/ui/base/language-tabs.tsx'
import { LegalText } from '#app/ui/base/legal-text.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { TextArea } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SaveBar } from '#app/ui/forms/save-bar.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { brandDesk, saveSection } from '#app/web/branding/brand-desk.server.ts'
import { revision } from '#app/web/branding/brand-fields.ts'
import { languageIn } from '#app/web/branding/brand-texts.server.ts'
import { blocksOf } from '#app/web/branding/legal-pages.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

const LegalForm = z.object({
  revision,
  page: z.enum(legalPages),
  textsIn: BrandLanguage,
  text: z.string().max(longestLegalText, 'too-long').default(''),
})

export async function loader({ request }: LoaderFunctionArgs) {
  const { content, revision: current } = await brandDesk(request)
  const wanted = new URL(request.url).searchParams.get('page')
  const page = legalPages.find((one) => one === wanted) ?? 'terms'
  const language = languageIn(request, content.languages, content.languages[0])
  const text = content.legal[page]?.[language] ?? ''
  return {
    revision: current,
    page,
    language,
    languages: content.languages,
    text,
    blocks: blocksOf(text),
    title: await pageTitle(request, 'brand', 'section.legal'),
  }
}

export const action = ({ request }: ActionFunctionArgs) =>
  saveSection(request, {
    schema: LegalForm,
    path: `/office/brand/legal${new URL(request.url).search}`,
    change: ({ page, textsIn: language, text }, now) => changeOf({ page, language, text: text.replaceAll('\r\n', '\n').trim() }, now),
  })

type LegalChange = { readonly page: LegalPage; readonly language: BrandLanguage; readonly text: string }

function changeOf({ page, language, text }: LegalChange, { legal }: BrandContent): Partial<BrandContent> {
  const { [language]: _before, ...others } = legal[page] ?? {}
  return { legal: { ...legal, [page]: text === '' ? others : { ...others, [language]: text } } }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function LegalPages() {
  const { revision: current, page, language, languages, text, blocks } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['brand', 'common'])
  const { error, typed } = useFieldErrors(answer)
  const [search] = useSearchParams()
  return (
    <>
      <nav aria-label={t('legal.pages')} className="mb-3 flex flex-wrap gap-1">
        {legalPages.map((one) => (
          <TextLink
            key={one}
            to={`?${new URLSearchParams({ ...Object.fromEntries(search), page: one })}`}
            isQuiet
            className={classNames(
              'flex h-9 items-center rounded-control px-3 text-sm text-muted hover:text-text hover:no-underline',
              one === page && 'bg-accent-soft font-medium text-text',
            )}
          >
            {t(`common:footer.${one}`)}
          </TextLink>
        ))}
      </nav>
      <LanguageTabs label={t('texts.language')} languages={languages} chosen={language} />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
        <Form method="post" key={`${current} ${page} ${language}`}>
          <FormToken />
          <input type="hidden" name="revision" value={current} />
          <input type="hidden" name="page" value={page} />
          <input type="hidden" name="textsIn" value={language} />
          {answer?.problem ? <Notice tone="critical">{t(`problem.${answer.problem}`)}</Notice> : null}
          <TextArea
            name="text"
            label={t(`common:footer.${page}`)}
            help={t('legal.help')}
            error={error('text')}
            defaultValue={typed('text') ?? text}
            lang={language}
            dir="auto"
            rows={28}
            maxLength={longestLegalText}
          />
          <SaveBar>{t('deed.save')}</SaveBar>
        </Form>
        <Card id="shown" title={t('legal.shown')}>
          {blocks.length > 0 ? (
            <div lang={language} dir="auto">
              <LegalText blocks={blocks} top={3} />
            </div>
          ) : (
            <p className="text-sm text-muted">{t('legal.none')}</p>
          )}
        </Card>
      </div>
    </>
  )
}
