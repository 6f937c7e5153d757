import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ArchiveForm } from '#app/ui/documents/archive-form.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { staffOf } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await staffOf(request, 'invoice:read')
  return { hasProblem: filterOf(request).has('problem'), title: await pageTitle(request, 'delivery', 'archive.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function InvoiceArchive() {
  const { hasProblem } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['delivery', 'office'])
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('office:nav.invoices'), to: '/office/invoices' }]}
        title={t('archive.title')}
        below={t('archive.lead')}
      />
      <ArchiveForm action="/office/invoices/zip" hasProblem={hasProblem} />
    </>
  )
}
