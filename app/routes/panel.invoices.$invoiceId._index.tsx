import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readInvoice } from '#app/reports/invoices/query.server.ts'
import { listSettlements } from '#app/reports/payments/query.server.ts'
import { InvoiceFiles } from '#app/ui/invoice-files.tsx'
import { InvoicePage } from '#app/ui/invoice-page.tsx'
import { SettlementsCard } from '#app/ui/settlements-card.tsx'
import { asCustomer } from '#app/web/as-customer.server.ts'
import { brandOf } from '#app/web/brand.server.ts'
import { isUuid } from '#app/web/form-fields.ts'
import { titleOf } from '#app/web/page-title.server.ts'
import { orNotFound } from '#app/web/refuse.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const invoiceId = orNotFound(isUuid(params.invoiceId) ? params.invoiceId : null)
  const { invoice, settlements } = await asCustomer(request, 'invoice:read', async (ctx) => ({
    invoice: orNotFound(await readInvoice(ctx, invoiceId)),
    settlements: await listSettlements(ctx, invoiceId),
  }))
  return { invoice, settlements, title: titleOf(invoice.number, brandOf(await tenantOf(request)).pack.name) }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Invoice() {
  const { invoice, settlements } = useLoaderData<typeof loader>()
  const { t } = useTranslation('panel')
  return (
    <>
      <InvoicePage invoice={invoice} crumb={{ label: t('nav.invoices'), to: '/panel/invoices' }} pathOf={(id) => `/panel/invoices/${id}`} />
      {settlements.length > 0 ? <SettlementsCard settlements={settlements} /> : null}
      <InvoiceFiles path={`/panel/invoices/${invoice.id}`} />
    </>
  )
}
