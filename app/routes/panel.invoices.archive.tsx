import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ArchiveForm } from '#app/ui/documents/archive-form.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { customerOf } from '#app/web/request/as-customer.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await customerOf(request, 'invoice:read')
  return { hasProblem: filterOf(request).has('problem'), title: await pageTitle(request, 'delivery', 'archive.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function OwnInvoiceArchive() {
  const { hasProblem } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['delivery', 'panel'])
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('panel:nav.invoices'), to: '/panel/invoices' }]}
        title={t('archive.title')}
        below={t('archive.lead')}
      />
      <ArchiveForm action="/panel/invoices/zip" hasProblem={hasProblem} />
    </>
  )
}
