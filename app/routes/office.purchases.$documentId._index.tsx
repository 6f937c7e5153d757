import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readInvoice } from '#app/reports/invoices/query.server.ts'
import { InvoiceFiles } from '#app/ui/documents/invoice-files.tsx'
import { InvoicePage } from '#app/ui/documents/invoice-page.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { asBuyer } from '#app/web/request/as-buyer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const documentId = orNotFound(isUuid(params.documentId) ? params.documentId : null)
  const invoice = orNotFound(await asBuyer(request, 'purchase:read', (ctx) => readInvoice(ctx, documentId)))
  return { invoice, title: titleOf(invoice.number, brandOf(await tenantOf(request)).pack.name) }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function PurchasedDocument() {
  const { invoice } = useLoaderData<typeof loader>()
  const { t } = useTranslation('statement')
  return (
    <>
      <InvoicePage
        invoice={invoice}
        crumb={{ label: t('purchases.title'), to: '/office/purchases' }}
        pathOf={(id) => `/office/purchases/${id}`}
      />
      <InvoiceFiles path={`/office/purchases/${invoice.id}`} invoice={invoice} />
    </>
  )
}
