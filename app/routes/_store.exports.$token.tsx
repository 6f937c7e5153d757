import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readLinkedExport } from '#app/reports/exports/list.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { NarrowPage } from '#app/ui/shell/narrow-page.tsx'
import { asLinkHolder, headersOfSecrets } from '#app/web/request/as-link-holder.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { isExpired, filename } = await asLinkHolder(request, params.token, readLinkedExport)
  const page = { isExpired, filename, token: params.token ?? '', title: await pageTitle(request, 'store', 'fileLink.title') }
  return data(page, { status: isExpired ? 410 : 200, headers: headersOfSecrets })
}

export const headers = () => headersOfSecrets

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function LinkedExport() {
  const { isExpired, filename, token } = useLoaderData<typeof loader>()
  const { t } = useTranslation('store')
  return (
    <NarrowPage title={t('fileLink.title')}>
      <p className="mb-4 break-all">
        <bdi dir="ltr">{filename}</bdi>
      </p>
      {isExpired ? (
        <p>{t('fileLink.expired')}</p>
      ) : (
        <ButtonLink to={`/exports/${token}/file`} isOtherArea>
          {t('fileLink.download')}
        </ButtonLink>
      )}
    </NarrowPage>
  )
}
