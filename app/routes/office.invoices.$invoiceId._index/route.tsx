import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { isPayable } from '#app/domain/payment/allocation.ts'
import type { Result } from '#app/domain/shared/result.ts'
import { deliveriesOf } from '#app/reports/deliveries/query.server.ts'
import { readDocumentProblems } from '#app/reports/invoice-files/query.server.ts'
import { readInvoicePostings } from '#app/reports/invoice-postings/query.server.ts'
import { readInvoice } from '#app/reports/invoices/query.server.ts'
import { readInvoiceDeeds } from '#app/reports/invoices/timeline.server.ts'
import { listSettlements } from '#app/reports/payments/query.server.ts'
import {
  invoiceProForma,
  type StartDebitNoteError,
  type StartedDraft,
  startDebitNote,
  type TakeOverError,
} from '#app/services/invoices/start-draft.server.ts'
import { Notice } from '#app/ui/base/notice.tsx'
import type { TimelineEntry } from '#app/ui/base/timeline.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { InvoiceFiles } from '#app/ui/documents/invoice-files.tsx'
import { InvoicePage } from '#app/ui/documents/invoice-page.tsx'
import { TaxReasonCard } from '#app/ui/documents/tax-reason.tsx'
import { SettlementsCard } from '#app/ui/payments/settlements-card.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { sendAgain } from '#app/web/desks/send-again.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { email, isUuid } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { allowedDeeds } from './allowed-deeds.ts'
import { DeliveriesCard } from './deliveries-card.tsx'
import { InvoiceDeeds } from './invoice-deeds.tsx'
import { PostingsCard } from './postings-card.tsx'
import { SettleLink, sourcePath } from './settle-link.tsx'

const DeedForm = z.object({ deed: z.enum(['debit', 'invoice', 'send']), sendTo: email.optional() })

export async function loader({ request, params }: LoaderFunctionArgs) {
  const invoiceId = orNotFound(isUuid(params.invoiceId) ? params.invoiceId : null)
  const page = await asStaff(request, 'invoice:read', async (ctx, { can }) => {
    const invoice = orNotFound(await readInvoice(ctx, invoiceId))
    return {
      invoice,
      deeds: allowedDeeds(invoice, { mayWrite: can('invoice:write'), mayVoid: can('invoice:void') }),
      history: await readInvoiceDeeds(ctx, invoiceId),
      deliveries: await deliveriesOf(ctx, invoiceId),
      problems: await readDocumentProblems(ctx, invoiceId),
      maySend: can('invoice:send'),
      settlements: can('payment:read') ? await listSettlements(ctx, invoiceId) : null,
      maySettle: can('payment:write') && isPayable(invoice) && invoice.paid.minor < invoice.total.minor,
      postings: can('ledger:read') ? await readInvoicePostings(ctx, invoiceId) : null,
    }
  })
  return { ...page, title: titleOf(page.invoice.number, brandOf(await tenantOf(request)).pack.name) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const invoiceId = orNotFound(isUuid(params.invoiceId) ? params.invoiceId : null)
  const form = await parseForm(request, DeedForm)
  if (!form.ok && form.error.sendTo) return data({ sending: { fields: form.error, values: form.values } }, { status: 422 })
  if (!form.ok) return data({ problem: 'invoice-not-found' as const }, { status: 422 })
  const { deed, sendTo = '' } = form.value
  if (deed === 'send') {
    const sending = {
      problem: await sendAgain(request, { invoiceId, email: sendTo, path: `/office/invoices/${invoiceId}` }),
      values: { sendTo },
    }
    return data({ sending }, { status: 409 })
  }
  const result = await asStaff(
    request,
    'invoice:write',
    async (ctx): Promise<Result<StartedDraft, StartDebitNoteError | TakeOverError>> =>
      deed === 'debit' ? startDebitNote(ctx, { invoiceId }) : invoiceProForma(ctx, { invoiceId }),
  )
  return result.ok ? redirect(`/office/invoices/drafts/${result.value.draftId}`) : data({ problem: result.error }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Invoice() {
  const { invoice, deeds, deliveries, problems, maySend, maySettle, postings, settlements } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['office', 'invoicing'])
  return (
    <>
      {answer && 'problem' in answer ? <Notice tone="critical">{t(`invoicing:drafts.problem.${answer.problem}`)}</Notice> : null}
      <InvoicePage
        invoice={invoice}
        crumb={{ label: t('nav.invoices'), to: '/office/invoices' }}
        pathOf={(id) => `/office/invoices/${id}`}
        deeds={
          <>
            {maySettle ? <SettleLink invoiceId={invoice.id} /> : null}
            <InvoiceDeeds invoiceId={invoice.id} deeds={deeds} />
          </>
        }
        history={useStaffHistory()}
      />
      <DeliveriesCard
        invoice={invoice}
        rows={deliveries}
        maySend={maySend}
        answer={answer && 'sending' in answer ? answer.sending : undefined}
      />
      <InvoiceFiles path={`/office/invoices/${invoice.id}`} invoice={invoice} problems={problems} />
      <TaxReasonCard taxes={invoice.taxes} countries={{ seller: invoice.seller.country, buyer: invoice.buyer.country }} />
      {settlements ? <SettlementsCard settlements={settlements} pathOf={sourcePath} /> : null}
      {postings ? <PostingsCard postings={postings} /> : null}
    </>
  )
}

function useStaffHistory(): TimelineEntry[] {
  const { history } = useLoaderData<typeof loader>()
  const { t } = useTranslation('invoicing')
  const label = useLabel()
  return history.map(({ id, at, action: code, by, reason }) => ({
    key: id,
    at,
    title: label(`invoicing:history.${code.replace('.', '-')}`, code),
    detail: (
      <>
        {by ? t('history.by', { name: by }) : t('history.system')}
        {reason ? <span className="block">{reason}</span> : null}
      </>
    ),
    tone: code === 'invoice.credited' ? 'info' : 'warning',
  }))
}
