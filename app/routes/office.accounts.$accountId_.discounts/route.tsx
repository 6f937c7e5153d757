import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { readAccount } from '#app/reports/accounts/detail.server.ts'
import { listAccountDiscounts } from '#app/reports/promotions/account-discounts.server.ts'
import { readChoices } from '#app/reports/promotions/detail.server.ts'
import type { AccountDiscountRow } from '#app/reports/promotions/shape.ts'
import { addDiscount, stopDiscount } from '#app/services/promotions/add-discount.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { State } from '#app/ui/base/state.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { DaysView } from '#app/ui/catalog/promotion-table.tsx'
import { usePromotionWords } from '#app/ui/catalog/promotion-words.ts'
import { usePromotionErrors } from '#app/ui/catalog/use-promotion-errors.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid, line, uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { readerOf } from '#app/web/request/reader.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { AddDiscountCard } from './add-discount-card.tsx'

const ticked = z.literal('on').optional()
const AddForm = z.object({
  name: line(120),
  method: z.enum(['percent', 'amount'], 'required'),
  value: z
    .string('required')
    .trim()
    .regex(/^\d{1,12}(\.\d{1,6})?$/, 'decimal'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  scopeSetup: ticked,
  scopeRecurring: ticked,
  scopeUsage: ticked,
  scopeOverage: ticked,
  productGroups: z.string().max(500, 'too-long').optional(),
  from: z.iso.date('date'),
  to: z.iso.date('date').optional(),
  isStackable: ticked,
  reason: line(200),
})
const StopForm = z.object({ deed: z.literal('stop'), discountId: uuid })
const fieldOf = {
  'account-not-found': 'name',
  'no-contract': 'name',
  'percent-out-of-range': 'value',
  'percent-or-amount': 'value',
  'no-scope': 'scopeRecurring',
  'end-before-start': 'to',
} as const

export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const reader = await readerOf(request)
  const page = await asStaff(request, 'contract:read', async (ctx, { can }) => ({
    account: await readAccount(ctx, accountId, reader.language),
    discounts: await listAccountDiscounts(ctx, accountId, reader),
    choices: await readChoices(ctx, reader.zone),
    mayWrite: can('contract:write'),
  }))
  const account = orNotFound(page.account)
  const title = await pageTitle(request, 'promotion', 'special.title')
  return { ...page, account: { id: account.id, name: account.name, hasContract: Boolean(account.contract ?? account.parent) }, title }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const back = `/office/accounts/${accountId}/discounts`
  const stop = await parseForm(request.clone(), StopForm)
  if (stop.ok) {
    const stopped = await asStaff(request, 'contract:write', (ctx) => stopDiscount(ctx, { accountId, discountId: stop.value.discountId }))
    return stopped.ok ? redirectWithToast(request, back, 'promotion.saved') : orNotFound(null)
  }
  const form = await parseForm(request, AddForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { method, value, currency = '', productGroups, to, isStackable, name, from, reason } = form.value
  const amount = method === 'amount' ? typedAmount(value, currency) : null
  if (amount === undefined) return data({ fields: { value: 'amount-missing' }, values: form.value }, { status: 422 })
  const scopes = (['setup', 'recurring', 'usage', 'overage'] as const).filter(
    (scope) => form.value[`scope${scope[0]?.toUpperCase()}${scope.slice(1)}` as 'scopeSetup'],
  )
  const groups = (productGroups ?? '').split(',').map((group) => group.trim())
  const added = await asStaff(request, 'contract:write', (ctx) =>
    addDiscount(ctx, {
      accountId,
      name,
      from,
      reason,
      scopes,
      amount,
      to: to ?? null,
      priority: 100,
      percent: method === 'percent' ? value : null,
      productGroups: groups.filter(Boolean),
      isStackable: isStackable === 'on',
    }),
  )
  if (added.ok) return redirectWithToast(request, back, 'promotion.saved')
  return data({ fields: { [fieldOf[added.error]]: added.error }, values: form.value }, { status: 422 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function AccountDiscounts() {
  const { account, discounts, choices, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['promotion', 'office'])
  const { error } = usePromotionErrors(answer)
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.accounts'), to: '/office/accounts' },
          { label: account.name, to: `/office/accounts/${account.id}` },
        ]}
        title={t('special.title')}
        below={t('special.lead')}
      />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <Card isFlush>
          <Table
            caption={t('special.title')}
            rows={discounts}
            rowKey={({ id }) => id}
            columns={useColumns(mayWrite)}
            empty={<EmptyState title={t('special.none')}>{t('special.noneText')}</EmptyState>}
          />
        </Card>
        {mayWrite && account.hasContract ? <AddDiscountCard choices={choices} values={answer?.values} error={error} /> : null}
      </div>
    </>
  )
}

function useColumns(mayWrite: boolean): Column<AccountDiscountRow>[] {
  const { t } = useTranslation('promotion')
  const words = usePromotionWords()
  const format = useFormat()
  const worth = ({ percent, amount }: AccountDiscountRow) => (percent ? format.percent(percent) : amount ? format.money(amount) : '')
  const columns: Column<AccountDiscountRow>[] = [
    {
      key: 'name',
      head: t('list.name'),
      isPrimary: true,
      isLong: true,
      cell: (row) => (
        <>
          <span className="font-medium">{row.name}</span>
          <span className="block text-xs text-muted" suppressHydrationWarning>
            {t('special.sentence', { worth: worth(row), scopes: words.scopes(row.scopes) })}
            {row.left ? ` · ${t('special.left', { left: format.money(row.left) })}` : ''}
          </span>
        </>
      ),
    },
    {
      key: 'state',
      head: t('list.state'),
      cell: ({ isOver }) => <State tone={isOver ? 'neutral' : 'positive'}>{isOver ? t('state.ended') : t('state.active')}</State>,
    },
    { key: 'days', head: t('list.days'), cell: ({ days }) => <DaysView days={days} /> },
    { key: 'given', head: t('redemption.given'), isNumber: true, cell: ({ given }) => words.amounts(given) || '–' },
    { key: 'reason', head: t('special.reason'), isLong: true, isExtra: true, cell: ({ reason }) => reason },
  ]
  const deed: Column<AccountDiscountRow> = {
    key: 'deed',
    head: <span className="sr-only">{t('codes.deed')}</span>,
    isNumber: true,
    cell: ({ id, name, isOver, isFromCode }) => (isOver || isFromCode ? null : <Stop id={id} name={name} />),
  }
  return mayWrite ? [...columns, deed] : columns
}

function Stop({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation('promotion')
  return (
    <Form method="post">
      <FormToken />
      <input type="hidden" name="discountId" value={id} />
      <SubmitButton name="deed" value="stop" look="quiet" size="small">
        {t('special.stop')} <span className="sr-only">{name}</span>
      </SubmitButton>
    </Form>
  )
}
