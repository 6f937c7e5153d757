import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { subtract, zero } from '#app/domain/money/money.ts'
import { isPayable } from '#app/domain/payment/allocation.ts'
import { readInvoice } from '#app/reports/invoices/query.server.ts'
import { listSettlements } from '#app/reports/payments/query.server.ts'
import { offersGateways } from '#app/services/gateways/offered-gateways.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { InvoiceFiles } from '#app/ui/documents/invoice-files.tsx'
import { InvoicePage } from '#app/ui/documents/invoice-page.tsx'
import { SettlementsCard } from '#app/ui/payments/settlements-card.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const invoiceId = orNotFound(isUuid(params.invoiceId) ? params.invoiceId : null)
  const { invoice, settlements, mayPay, mayAsk } = await asCustomer(request, 'invoice:read', async (ctx, { can }) => ({
    invoice: orNotFound(await readInvoice(ctx, invoiceId)),
    settlements: await listSettlements(ctx, invoiceId),
    mayPay: can('payment:write'),
    mayAsk: can('ticket:write'),
  }))
  const open = isPayable(invoice) ? subtract(invoice.total, invoice.paid) : zero(invoice.total.currency)
  const canPay = mayPay && open.minor > 0n && (await asSeller(request, offersGateways))
  const ways = { open: canPay ? open : null, mayAsk }
  return { invoice, settlements, ...ways, title: titleOf(invoice.number, brandOf(await tenantOf(request)).pack.name) }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Invoice() {
  const { invoice, settlements, open, mayAsk } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['panel', 'pay', 'ticket'])
  const format = useFormat()
  return (
    <>
      <InvoicePage
        invoice={invoice}
        crumb={{ label: t('nav.invoices'), to: '/panel/invoices' }}
        pathOf={(id) => `/panel/invoices/${id}`}
        deeds={
          <>
            {mayAsk ? (
              <ButtonLink to={`/panel/tickets/new?about=invoice:${invoice.id}`} look="secondary" size="small" className="h-9">
                {t('ticket:askAboutInvoice')}
              </ButtonLink>
            ) : null}
            {open ? (
              <ButtonLink to={`/panel/pay?invoice=${invoice.id}`} size="small" className="h-9">
                <bdi>{t('pay:pay', { amount: format.money(open) })}</bdi>
              </ButtonLink>
            ) : null}
          </>
        }
      />
      {settlements.length > 0 ? <SettlementsCard settlements={settlements} /> : null}
      <InvoiceFiles path={`/panel/invoices/${invoice.id}`} invoice={invoice} />
    </>
  )
}
