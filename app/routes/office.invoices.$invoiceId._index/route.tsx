import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readDocumentProblems } from '#app/reports/invoice-files/query.server.ts'
import { readInvoicePostings } from '#app/reports/invoice-postings/query.server.ts'
import { readInvoice } from '#app/reports/invoices/query.server.ts'
import { InvoiceFiles } from '#app/ui/invoice-files.tsx'
import { InvoicePage } from '#app/ui/invoice-page.tsx'
import { TaxReasonCard } from '#app/ui/tax-reason.tsx'
import { asStaff } from '#app/web/as-staff.server.ts'
import { brandOf } from '#app/web/brand.server.ts'
import { isUuid } from '#app/web/form-fields.ts'
import { titleOf } from '#app/web/page-title.server.ts'
import { orNotFound } from '#app/web/refuse.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'
import { PostingsCard } from './postings-card.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const invoiceId = orNotFound(isUuid(params.invoiceId) ? params.invoiceId : null)
  const { invoice, postings, problems } = await asStaff(request, 'invoice:read', async (ctx, { can }) => ({
    invoice: orNotFound(await readInvoice(ctx, invoiceId)),
    problems: await readDocumentProblems(ctx, invoiceId),
    postings: can('ledger:read') ? await readInvoicePostings(ctx, invoiceId) : null,
  }))
  return { invoice, postings, problems, title: titleOf(invoice.number, brandOf(await tenantOf(request)).pack.name) }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Invoice() {
  const { invoice, postings, problems } = useLoaderData<typeof loader>()
  const { t } = useTranslation('office')
  return (
    <>
      <InvoicePage
        invoice={invoice}
        crumb={{ label: t('nav.invoices'), to: '/office/invoices' }}
        pathOf={(id) => `/office/invoices/${id}`}
      />
      <InvoiceFiles path={`/office/invoices/${invoice.id}`} problems={problems} />
      <TaxReasonCard taxes={invoice.taxes} countries={{ seller: invoice.seller.country, buyer: invoice.buyer.country }} />
      {postings ? <PostingsCard postings={postings} /> : null}
    </>
  )
}
