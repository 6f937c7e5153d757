import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { brandDensities, brandFonts, brandRadii } from '#app/domain/brand/brand-content.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SaveBar } from '#app/ui/forms/save-bar.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { brandDesk, contrastOf } from '#app/web/branding/brand-desk.server.ts'
import { pictureUrl } from '#app/web/branding/brand-pictures.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { ColourField } from './colour-field.tsx'
import { ContrastCard } from './contrast-card.tsx'
import { HomeOrder } from './home-order.tsx'
import { saveLook } from './look-deeds.server.ts'
import { PictureField } from './picture-field.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const { content, revision } = await brandDesk(request)
  const { name, look, logo, home } = content
  return {
    revision,
    name,
    look,
    home,
    contrast: contrastOf(content),
    pictures: { light: pictureUrl(logo.light), dark: pictureUrl(logo.dark), favicon: pictureUrl(logo.icons?.[1] ?? logo.favicon) },
    title: await pageTitle(request, 'brand', 'title'),
  }
}

export const action = ({ request }: ActionFunctionArgs) => saveLook(request)

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Look() {
  const { revision, name, look, home, contrast, pictures } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['brand', 'common'])
  const { error, typed } = useFieldErrors(answer)
  const field = (key: 'name' | 'accent' | 'neutralTint' | 'radius' | 'font' | 'density', stored: string) => ({
    name: key,
    label: t(`look.${key}`),
    defaultValue: typed(key) ?? stored,
    error: error(key),
  })
  return (
    <Form method="post" encType="multipart/form-data" key={revision} className="flex flex-col gap-6">
      <FormToken />
      <input type="hidden" name="revision" value={revision} />
      {answer?.problem ? <Notice tone="critical">{t(`problem.${answer.problem}`)}</Notice> : null}
      <ContrastCard contrast={contrast} accent={look.accent} />
      <Card id="look" title={t('look.title')}>
        <div className="grid gap-5">
          <TextInput {...field('name', name)} maxLength={50} required />
          <div className="grid gap-5 sm:grid-cols-2">
            <ColourField {...field('accent', look.accent)} help={t('look.accentHelp')} />
            <ColourField {...field('neutralTint', look.neutralTint)} help={t('look.neutralTintHelp')} />
          </div>
          <div className="grid gap-5 sm:grid-cols-2">
            <Select {...field('radius', String(look.radius))}>
              {brandRadii.map((radius) => (
                <option key={radius} value={radius}>
                  {t(`radius.${radius}`)}
                </option>
              ))}
            </Select>
            <Select {...field('font', look.font)}>
              {brandFonts.map((font) => (
                <option key={font} value={font}>
                  {t(`font.${font}`)}
                </option>
              ))}
            </Select>
            <Select {...field('density', look.density)}>
              {brandDensities.map((density) => (
                <option key={density} value={density}>
                  {t(`density.${density}`)}
                </option>
              ))}
            </Select>
          </div>
        </div>
      </Card>
      <Card id="pictures" title={t('picture.title')}>
        <div className="grid gap-6">
          {(['light', 'dark', 'favicon'] as const).map((place) => (
            <PictureField key={place} place={place} url={pictures[place]} error={error(place)} />
          ))}
          <p className="text-sm text-muted">{t('picture.help')}</p>
        </div>
      </Card>
      <HomeOrder order={home} />
      <SaveBar>{t('deed.save')}</SaveBar>
    </Form>
  )
}
