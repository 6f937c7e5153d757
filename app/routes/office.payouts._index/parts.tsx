import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { Table } from '#app/ui/tables/table.tsx'

type Errors = Readonly<Record<string, string>>

type DueRow = {
  readonly accountId: string
  readonly name: string
  readonly released: MoneyValue
  readonly held: MoneyValue
  readonly offset: MoneyValue
  readonly reserve: MoneyValue
  readonly payout: MoneyValue
  readonly carried: MoneyValue
}

/** What would be paid by a day, and the button that opens its run. */
export function Due({ page, errors }: { page: { through: string; due: readonly DueRow[]; mayOpen: boolean }; errors: Errors }) {
  const { t } = useTranslation('settlement')
  const code = errors.through
  const amount = (key: Exclude<keyof DueRow, 'accountId' | 'name'>) => ({
    key,
    head: t(`payouts.${key}`),
    isNumber: true,
    cell: (row: DueRow) => <Money amount={row[key]} isBalance />,
  })
  const error = code === 'nothing-to-pay' ? t('payouts.none') : code ? t('payouts.inTheFuture') : undefined
  return (
    <Card title={t('payouts.due')} isFlush>
      <Form method="get" className="flex flex-wrap items-end gap-3 px-card pb-4">
        <TextInput name="through" type="date" label={t('payouts.through')} defaultValue={page.through} error={error} />
        <Button look="secondary">{t('payouts.show')}</Button>
      </Form>
      <Table
        caption={t('payouts.due')}
        rows={page.due}
        rowKey={({ accountId, payout }) => `${accountId}${payout.currency}`}
        empty={<EmptyState title={t('payouts.none')}>{t('payouts.nothingText')}</EmptyState>}
        columns={[
          { key: 'name', head: t('payouts.reseller'), isPrimary: true, cell: ({ name }) => name },
          ...(['released', 'held', 'offset', 'reserve', 'carried', 'payout'] as const).map(amount),
        ]}
      />
      {page.mayOpen ? (
        <Form method="post" className="px-card py-4">
          <FormToken />
          <input type="hidden" name="through" value={page.through} />
          <Button name="deed" value="open">
            {t('payouts.open')}
          </Button>
        </Form>
      ) : null}
    </Card>
  )
}

type Run = {
  readonly id: string
  readonly through: string
  readonly state: 'waiting' | 'approved' | 'finished'
  readonly isAboveLimit: boolean
}

/** Runs with what is left to do about them; nothing while there is none. */
export function Runs({ runs, errors }: { runs: readonly Run[]; errors: Errors }) {
  const { t } = useTranslation('settlement')
  if (runs.length === 0) return null
  return (
    <Card title={t('payouts.runs')}>
      <ul className="grid gap-4 text-sm">
        {runs.map(({ id, through, state, isAboveLimit }) => (
          <li key={id} className="flex flex-wrap items-center gap-3">
            <Day day={through} />
            <span className="text-muted">{t(`payouts.state.${state}`)}</span>
            {state === 'finished' ? null : (
              <Form method="post">
                <FormToken />
                <input type="hidden" name="id" value={id} />
                <Button name="deed" value="approve" size="small">
                  {t(state === 'waiting' ? 'payouts.approve' : 'payouts.goOn')}
                </Button>
              </Form>
            )}
            {errors[`run-${id}`] || (isAboveLimit && state === 'waiting') ? (
              <Notice tone={errors[`run-${id}`] ? 'critical' : 'info'}>{t('payouts.above')}</Notice>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** The day and reference under which the bank paid. */
export function PayForm({ id, errors }: { id: string; errors: Errors }) {
  const { t } = useTranslation('settlement')
  const { error } = useFieldErrors({ fields: errors })
  const code = errors[`pay-${id}`]
  const said = code === 'already-paid' ? t('payouts.alreadyPaid') : code === 'in-the-future' ? t('payouts.inTheFuture') : error(`pay-${id}`)
  return (
    <Form method="post" className="grid w-full grid-cols-1 gap-2 sm:w-40">
      <FormToken />
      <input type="hidden" name="id" value={id} />
      <label className="grid gap-1">
        {t('payouts.paidOn')}
        <input
          type="date"
          name="paidOn"
          required
          className="h-9 w-full min-w-0 rounded-control border border-border-strong bg-surface px-2"
        />
      </label>
      <label className="grid gap-1">
        {t('payouts.bankReference')}
        <input
          name="bankReference"
          required
          maxLength={140}
          className="h-9 w-full min-w-0 rounded-control border border-border-strong bg-surface px-2"
        />
      </label>
      {said ? <Notice tone="critical">{said}</Notice> : null}
      <Button name="deed" value="pay" size="small" look="secondary">
        {t('payouts.pay')}
      </Button>
    </Form>
  )
}

type WaitingRow = {
  readonly saleId: string
  readonly name: string
  readonly amount: MoneyValue
  readonly occurredOn: string
  readonly releaseOn: string
  readonly holdReason: string | null
}

/** Money of sales that no payout has, to be held back while a payment is disputed. */
export function Waiting({ rows, errors }: { rows: readonly WaitingRow[]; errors: Errors }) {
  const { t } = useTranslation('settlement')
  return (
    <Card title={t('payouts.waiting')} isFlush>
      <p className="px-card pb-4 text-sm text-muted">{t('payouts.waitingText')}</p>
      <Table
        caption={t('payouts.waiting')}
        rows={rows}
        rowKey={({ saleId }) => saleId}
        empty={<EmptyState title={t('payouts.noWaiting')} />}
        columns={[
          { key: 'name', head: t('payouts.reseller'), isPrimary: true, cell: ({ name }) => name },
          { key: 'amount', head: t('payouts.amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} isBalance /> },
          { key: 'from', head: t('payouts.from'), cell: ({ occurredOn }) => <Day day={occurredOn} /> },
          { key: 'until', head: t('payouts.until'), cell: ({ releaseOn }) => <Day day={releaseOn} /> },
          { key: 'hold', head: t('payouts.held'), isLong: true, cell: (row) => <HoldForm row={row} errors={errors} /> },
        ]}
      />
    </Card>
  )
}

function HoldForm({ row: { saleId, holdReason }, errors }: { row: WaitingRow; errors: Errors }) {
  const { t } = useTranslation('settlement')
  const { error } = useFieldErrors({ fields: errors })
  const said = error(`hold-${saleId}`)
  return (
    <Form method="post" className="flex min-w-0 flex-wrap items-end gap-2">
      <FormToken />
      <input type="hidden" name="id" value={saleId} />
      {holdReason === null ? (
        <label className="grid w-48 max-w-full grid-cols-1 gap-1">
          {t('payouts.holdReason')}
          <input
            name="holdReason"
            maxLength={200}
            className="h-9 w-full min-w-0 rounded-control border border-border-strong bg-surface px-2"
          />
        </label>
      ) : (
        <span>{t('payouts.disputed', { reason: holdReason })}</span>
      )}
      <Button name="deed" value={holdReason === null ? 'hold' : 'release'} size="small" look="secondary">
        {t(holdReason === null ? 'payouts.hold' : 'payouts.release')}
      </Button>
      {said ? <Notice tone="critical">{said}</Notice> : null}
    </Form>
  )
}
