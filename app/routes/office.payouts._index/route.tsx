import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { holdSale } from '#app/services/payouts/hold-sale.server.ts'
import { markPayoutPaid } from '#app/services/payouts/mark-payout-paid.server.ts'
import { readPayouts } from '#app/services/payouts/read-payouts.server.ts'
import { approvePayoutRun, openPayoutRun, runPayouts } from '#app/services/payouts/run-payouts.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { PayoutTable } from '#app/ui/payments/payout-table.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { Abroad } from './abroad.tsx'
import { Due, PayForm, Runs, Waiting } from './parts.tsx'

const Through = z.iso.date()

export async function loader({ request }: LoaderFunctionArgs) {
  const day = Through.safeParse(filterOf(request).get('through'))
  const page = await asStaff(request, 'ledger:read', (ctx) => readPayouts(ctx, day.success ? day.data : null))
  return { ...page, title: await pageTitle(request, 'settlement', 'payouts.title') }
}

const DeedForm = z.object({
  deed: z.enum(['open', 'approve', 'pay', 'hold', 'release']),
  id: z.uuid().optional(),
  through: z.iso.date('invalid').optional(),
  paidOn: z.iso.date('invalid').optional(),
  bankReference: z.string().trim().min(1, 'required').max(140, 'too-long').optional(),
  holdReason: z.string().trim().min(3, 'too-short').max(200, 'too-long').optional(),
})
type Deed = z.output<typeof DeedForm>
type Refused = { readonly field: string; readonly code: string }

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, DeedForm)
  if (!form.ok) return data({ fields: atTheirRow(form.error, form.values), values: form.values }, { status: 422 })
  const refused = await perform(request, form.value)
  if (!refused) return redirectWithToast(request, '/office/payouts', 'saved')
  const { deed, id } = form.value
  return data({ fields: { [refused.field]: refused.code }, values: { deed, ...(id ? { id } : {}) } }, { status: 422 })
}

/** What is wrong with one of many rows stands at that row. */
function atTheirRow(fields: Readonly<Record<string, string>>, { deed, id }: Readonly<Record<string, string>>): Record<string, string> {
  const [code] = Object.values(fields)
  return code && id ? { [`${deed}-${id}`]: code } : { ...fields }
}

async function perform(request: Request, { deed, id = '', ...typed }: Deed): Promise<Refused | null> {
  if (deed === 'open') return open(request, typed.through ?? '')
  if (deed === 'approve') return approve(request, id)
  if (deed === 'pay') return pay(request, { id, ...typed })
  if (deed === 'hold' && !typed.holdReason) return { field: `hold-${id}`, code: 'required' }
  const held = { saleId: id, reason: deed === 'hold' ? (typed.holdReason ?? '') : null }
  const result = await asStaff(request, 'ledger:write', (ctx) => holdSale(ctx, held))
  return result.ok ? null : { field: 'deed', code: 'invalid' }
}

async function open(request: Request, through: string): Promise<Refused | null> {
  const opened = await asStaff(request, 'ledger:write', (ctx) => openPayoutRun(ctx, { through }))
  return opened.ok ? null : { field: 'through', code: opened.error }
}

async function approve(request: Request, runId: string): Promise<Refused | null> {
  const { tenant, actor } = await staffOf(request, 'billing-run:approve')
  const approved = await asStaff(request, 'billing-run:approve', (ctx) => approvePayoutRun(ctx, { runId }))
  if (!approved.ok) return { field: `run-${runId}`, code: approved.error }
  await runPayouts(processOf(tenant.tenantId, {}, actor), { runId })
  return null
}

async function pay(request: Request, { id, paidOn, bankReference }: Omit<Deed, 'deed'>): Promise<Refused | null> {
  if (!id || !paidOn || !bankReference) return { field: `pay-${id}`, code: 'required' }
  const paid = await asStaff(request, 'ledger:write', (ctx) => markPayoutPaid(ctx, { payoutId: id, paidOn, bankReference }))
  return paid.ok ? null : { field: `pay-${id}`, code: paid.error }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Payouts() {
  const page = useLoaderData<typeof loader>()
  const errors = useActionData<typeof action>()?.fields ?? {}
  const { t } = useTranslation('settlement')
  return (
    <>
      <PageHeader title={t('payouts.title')} below={t('payouts.lead')} />
      <div className="grid grid-cols-1 gap-6">
        <Due page={page} errors={errors} />
        <Runs runs={page.runs} errors={errors} />
        <Card title={t('payouts.made')} isFlush>
          <PayoutTable
            rows={page.made}
            hasNames
            empty={<EmptyState title={t('own.none')} />}
            statementPath={(id) => `/office/payouts/${id}/statement`}
            documentPath={(id) => `/office/invoices/${id}`}
            deed={({ id }) => <PayForm id={id} errors={errors} />}
          />
        </Card>
        <Waiting rows={page.waiting} errors={errors} />
        <Abroad rows={page.abroad} />
        {page.resellers.length > 0 ? (
          <Card title={t('payouts.resellers')}>
            <ul className="grid gap-2 text-sm">
              {page.resellers.map(({ id, name }) => (
                <li key={id}>
                  <TextLink to={`/office/accounts/${id}/settlement`}>{name}</TextLink>
                </li>
              ))}
            </ul>
            <p className="mt-4 text-sm">
              <TextLink to="/office/payouts/taken">{t('taken.title')}</TextLink>
            </p>
          </Card>
        ) : null}
      </div>
    </>
  )
}
