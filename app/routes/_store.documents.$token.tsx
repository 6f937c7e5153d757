import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { readLinkedDocument } from '#app/reports/deliveries/query.server.ts'
import { buttonClasses } from '#app/ui/base/button.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { NarrowPage } from '#app/ui/shell/narrow-page.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { asLinkHolder, headersOfSecrets } from '#app/web/request/as-link-holder.server.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { isExpired, documentType, number, xml } = await asLinkHolder(request, params.token, readLinkedDocument)
  const page = { isExpired, documentType, number, hasXml: xml !== null, token: params.token ?? '' }
  const title = titleOf(number, brandOf(await tenantOf(request)).pack.name)
  return data({ ...page, title }, { status: isExpired ? 410 : 200, headers: headersOfSecrets })
}

export const headers = () => headersOfSecrets

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function LinkedDocument() {
  const { isExpired, documentType, number, hasXml, token } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['store', 'common'])
  return (
    <NarrowPage
      title={
        <>
          {t(`common:documentType.${documentType}`)} <bdi dir="ltr">{number}</bdi>
        </>
      }
    >
      {isExpired ? (
        <p>{t('documentLink.expired')}</p>
      ) : (
        <div className="flex flex-wrap gap-3">
          <FileLink to={`/documents/${token}/pdf`} label={t('documentLink.pdf')} />
          {hasXml ? <FileLink to={`/documents/${token}/xml`} label={t('documentLink.xml')} /> : null}
        </div>
      )}
      <p className="mt-6 text-sm text-muted">
        <TextLink to="/panel/invoices" isOtherArea>
          {t('documentLink.panel')}
        </TextLink>
      </p>
    </NarrowPage>
  )
}

function FileLink({ to, label }: { to: string; label: string }) {
  return (
    <a href={to} className={buttonClasses('primary')}>
      <Download aria-hidden className="size-4" />
      {label}
    </a>
  )
}
