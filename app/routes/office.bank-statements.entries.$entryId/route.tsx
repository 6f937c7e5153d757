import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { printIban } from '#app/domain/bank/iban.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import { readBankEntry } from '#app/reports/bank-statements/query.server.ts'
import { findBuyers } from '#app/reports/payments/query.server.ts'
import { type AcceptEntryError, acceptEntry, putAside, takeOut } from '#app/services/reconciliation/accept-entry.server.ts'
import { type MatchOutgoingError, matchOutgoing, offeredOutgoing } from '#app/services/reconciliation/match-outgoing.server.ts'
import { Day } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { usePaymentProblem } from '#app/ui/payments/use-payment-problem.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff, type StaffContext } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { isUuid, line, uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { AsideCard, BuyerCard, OutgoingCard, TakeOutCard } from './decide-cards.tsx'

const DeedForm = z.discriminatedUnion('deed', [
  z.object({ deed: z.literal('take'), accountId: uuid }),
  z.object({ deed: z.literal('out'), kind: z.enum(['refund', 'return', 'payout']), id: uuid }),
  z.object({ deed: z.literal('aside'), reason: line(200) }),
  z.object({ deed: z.literal('open') }),
])
const EntryForm = z.object({
  deed: z.enum(['take', 'out', 'aside', 'open']),
  accountId: uuid.optional(),
  kind: z.enum(['refund', 'return', 'payout']).optional(),
  id: uuid.optional(),
  reason: line(200).optional(),
})

export async function loader({ request, params }: LoaderFunctionArgs) {
  const entryId = orNotFound(isUuid(params.entryId) ? params.entryId : null)
  const words = filterOf(request).get('buyer')?.trim().slice(0, 80) ?? ''
  const page = await asStaff(request, 'payment:read', async (ctx, { can }) => {
    const entry = orNotFound(await readBankEntry(ctx, entryId))
    return {
      entry,
      found: words ? await findBuyers(ctx, words) : null,
      outgoing: entry.state === 'open' ? await offeredOutgoing(ctx, entry.amount) : [],
      mayWrite: can('payment:write'),
    }
  })
  return { ...page, words, title: await pageTitle(request, 'payment', 'entry.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const entryId = orNotFound(isUuid(params.entryId) ? params.entryId : null)
  const form = await parseForm(request, EntryForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const deed = DeedForm.safeParse(form.value)
  if (!deed.success) return data({ fields: { reason: 'required' } }, { status: 422 })
  const result = await asStaff(request, 'payment:write', (ctx) => decide(ctx, entryId, deed.data))
  if (!result.ok) return data({ problem: result.error }, { status: 409 })
  return redirectWithToast(request, result.value ? `/office/payments/${result.value}` : '/office/bank-statements/matching', 'saved')
}

/** Does what one of the page's forms asks for; the answer is the payment that came of it, if one did. */
async function decide(
  ctx: StaffContext,
  entryId: string,
  deed: z.output<typeof DeedForm>,
): Promise<Result<string | null, AcceptEntryError | MatchOutgoingError>> {
  if (deed.deed === 'take') {
    const taken = await acceptEntry(ctx, { entryId, accountId: deed.accountId, expectedPaymentId: null, shares: [] })
    return taken.ok ? ok(taken.value.id) : taken
  }
  const done = await otherDeed(ctx, entryId, deed)
  return done.ok ? ok(null) : done
}

function otherDeed(
  ctx: StaffContext,
  entryId: string,
  deed: Exclude<z.output<typeof DeedForm>, { deed: 'take' }>,
): Promise<Result<void, MatchOutgoingError>> {
  if (deed.deed === 'out') return matchOutgoing(ctx, { entryId, kind: deed.kind, id: deed.id })
  if (deed.deed === 'aside') return putAside(ctx, { entryId, reason: deed.reason })
  return takeOut(ctx, { entryId })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function BankEntry() {
  const { entry, words, found, outgoing, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('payment')
  const problem = usePaymentProblem(answer)
  const isOpen = entry.state === 'open' && mayWrite
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('bank.title'), to: '/office/bank-statements' },
          { label: t('matching.title'), to: '/office/bank-statements/matching' },
        ]}
        title={<Money amount={entry.amount} isBalance />}
        below={t(`entryState.${entry.state}`)}
        facts={useFacts()}
      />
      <div className="grid max-w-2xl gap-6">
        {problem ? <Notice tone="critical">{problem}</Notice> : null}
        {isOpen && entry.amount.minor > 0n ? <BuyerCard words={words} found={found} /> : null}
        {isOpen && (entry.amount.minor < 0n || outgoing.length > 0) ? <OutgoingCard outgoing={outgoing} /> : null}
        {isOpen ? <AsideCard answer={answer} /> : null}
        {entry.state === 'aside' && mayWrite ? <TakeOutCard /> : null}
      </div>
    </>
  )
}

function useFacts() {
  const { entry } = useLoaderData<typeof loader>()
  const { t } = useTranslation('payment')
  const { counterpartyName, counterpartyIban, reference, text, asideReason } = entry
  const paymentId = entry.paymentId ?? entry.refundedPaymentId
  return [
    { label: t('on'), value: <Day day={entry.bookedOn} /> },
    { label: t('payer'), value: counterpartyName ?? t('matching.unknown') },
    ...(counterpartyIban ? [{ label: t('payerIban'), value: <bdi dir="ltr">{printIban(counterpartyIban)}</bdi> }] : []),
    { label: t('reference'), value: <bdi className="break-words">{[reference, text].filter(Boolean).join(' · ') || '–'}</bdi> },
    ...(asideReason ? [{ label: t('reason'), value: asideReason }] : []),
    ...(paymentId ? [{ label: t('one'), value: <TextLink to={`/office/payments/${paymentId}`}>{t('entry.toPayment')}</TextLink> }] : []),
  ]
}
