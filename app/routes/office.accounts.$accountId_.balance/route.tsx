import { randomUUID } from 'node:crypto'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readAccount } from '#app/reports/accounts/detail.server.ts'
import { type BalancePage, readApprovalSetting, readBalances } from '#app/reports/balances/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { StatStrip } from '#app/ui/base/stat-strip.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { GrantTable, GrantUseTable } from '#app/ui/payments/balance-tables.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { readerOf } from '#app/web/request/reader.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { GiveCreditCard, LimitCard, ModeCard } from './credit-cards.tsx'
import { doCreditDeed } from './credit-deeds.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const { language } = await readerOf(request)
  const page = await asStaff(request, 'payment:read', async (ctx, { can }) => ({
    account: orNotFound(await readAccount(ctx, accountId, language)),
    balances: await readBalances(ctx, accountId),
    limit: await readApprovalSetting(ctx),
    mayWrite: can('payment:write'),
    maySet: can('settings:write'),
    mayContract: can('contract:write'),
  }))
  const { id, name } = page.account
  return { ...page, account: { id, name }, formKey: randomUUID(), title: await pageTitle(request, 'payment', 'balance.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const done = await doCreditDeed(request, accountId)
  return 'response' in done ? done.response : data(done, { status: 422 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function AccountBalance() {
  const { account, balances, limit, formKey, mayWrite, maySet, mayContract } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['payment', 'office'])
  const label = useLabel()
  const problem = answer && 'problem' in answer ? answer.problem : undefined
  const contracts = balances.flatMap(({ contracts: own }) => own)
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.accounts'), to: '/office/accounts' },
          { label: account.name, to: `/office/accounts/${account.id}` },
        ]}
        title={t('payment:balance.title')}
        below={t('payment:balance.officeLead')}
      />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 gap-6">
          {problem ? (
            <Notice tone="critical">{label(`payment:balance.problem.${problem}`, t('payment:balance.problem.other'))}</Notice>
          ) : null}
          {balances.length === 0 ? (
            <Card>
              <EmptyState title={t('payment:balance.none')} />
            </Card>
          ) : null}
          {balances.map((balance) => (
            <OneBalance key={balance.currency} balance={balance} mayWrite={mayWrite} />
          ))}
        </div>
        <div className="grid min-w-0 gap-6">
          {mayWrite && contracts.length > 0 ? (
            <GiveCreditCard formKey={formKey} currencies={balances.map(({ currency }) => currency)} answer={answer} />
          ) : null}
          {mayContract ? contracts.slice(0, 1).map((contract) => <ModeCard key={contract.id} contract={contract} answer={answer} />) : null}
          {maySet ? <LimitCard limit={limit} answer={answer} /> : null}
        </div>
      </div>
    </>
  )
}

function OneBalance({ balance, mayWrite }: { balance: Pick<BalancePage, 'balance' | 'due' | 'grants' | 'uses'>; mayWrite: boolean }) {
  const { t } = useTranslation('payment')
  return (
    <>
      <StatStrip
        stats={[
          { label: t('balance.title'), value: <Money amount={balance.balance} />, isMain: true },
          { label: t('balance.due'), value: <Money amount={balance.due} /> },
        ]}
      />
      <Card title={t('balance.grants')} isFlush>
        <GrantTable rows={balance.grants} documents="/office/invoices" deeds={mayWrite ? (row) => <Deeds grant={row} /> : undefined} />
      </Card>
      <Card title={t('balance.uses')} isFlush>
        <GrantUseTable rows={balance.uses} documents="/office/invoices" />
      </Card>
    </>
  )
}

/** What may be done with a grant: decide on it, or take back what of a payment is unused. */
function Deeds({ grant }: { grant: Pick<BalancePage['grants'][number], 'id' | 'shown' | 'paymentId'> }) {
  const { t } = useTranslation('payment')
  const isFree = grant.paymentId !== null && grant.shown === 'active'
  if (!isFree && grant.shown !== 'waiting') return null
  return (
    <Form method="post" className="flex flex-wrap justify-end gap-2">
      <FormToken />
      <input type="hidden" name="grantId" value={grant.id} />
      {isFree ? (
        <SubmitButton name="deed" value="free" look="quiet" size="small">
          {t('balance.free')}
        </SubmitButton>
      ) : (
        <>
          <SubmitButton name="deed" value="approve" look="secondary" size="small">
            {t('balance.approve')}
          </SubmitButton>
          <SubmitButton name="deed" value="refuse" look="quiet" size="small">
            {t('balance.refuse')}
          </SubmitButton>
        </>
      )}
    </Form>
  )
}
