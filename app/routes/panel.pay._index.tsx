import { randomUUID } from 'node:crypto'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type Money as MoneyValue, sum } from '#app/domain/money/money.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { oldestFirst } from '#app/domain/payment/allocation.ts'
import { listSavedMethods, type PayableDocument, readPayable } from '#app/reports/paying/query.server.ts'
import { offeredGateways } from '#app/services/gateways/offered-gateways.server.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { usePayProblem } from '#app/ui/payments/use-pay-problem.ts'
import { WayToPay } from '#app/ui/payments/way-to-pay.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { plainAmount } from '#app/web/answers/plain-amounts.ts'
import { payBy, payerOf, WayForm } from '#app/web/desks/pay-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf, idOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'

type Choice = {
  readonly accountId: string
  readonly documents: readonly PayableDocument[]
  readonly chosen: readonly string[]
  readonly open: MoneyValue
  /** What is paid: all of it unless a part was asked for. */
  readonly amount: MoneyValue
  readonly isMalformed: boolean
}

/** What the address asks to pay of what is open: some documents, all without a choice; a part when an amount is written there. */
async function choiceOf(request: Request): Promise<Choice | null> {
  const search = filterOf(request)
  const wanted = search
    .getAll('invoice')
    .slice(0, 500)
    .flatMap((id) => idOf(id) ?? [])
  const payable = await asCustomer(request, 'payment:write', (ctx, { accountId }) => readPayable(ctx, accountId, wanted))
  if (!payable) return null
  const { accountId, currency, documents } = payable
  const known = documents.filter(({ id }) => wanted.includes(id))
  const chosen = known.length > 0 ? known : documents
  const open = sum(
    currency,
    chosen.map((document) => document.open),
  )
  const typed = search.get('amount')
  const part = typed ? typedAmount(typed, currency) : undefined
  const isPart = part && part.minor > 0n && part.minor <= open.minor
  const amount = isPart ? part : open
  return { accountId, documents, chosen: chosen.map(({ id }) => id), open, amount, isMalformed: Boolean(typed) && !isPart }
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { process } = await payerOf(request)
  const choice = await choiceOf(request)
  const title = await pageTitle(request, 'pay', 'title')
  if (!choice) return { choice, saved: [], pages: [], key: '', typed: '', title }
  const saved = await asCustomer(request, 'payment:write', (ctx) => listSavedMethods(ctx, choice.accountId))
  const pages = await offeredGateways(process, choice.amount)
  return { choice, saved, pages, key: randomUUID(), typed: plainAmount(choice.amount), title }
}

const PayForm = WayForm.extend({ sum: z.string('required') })

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, PayForm)
  if (!form.ok) return data({ problem: 'no-way' as const }, { status: 422 })
  const payer = await payerOf(request)
  const choice = await choiceOf(request)
  if (!choice) return data({ problem: 'nothing-open' as const }, { status: 409 })
  // What the button said is what is paid: when a document changed meanwhile, the payer looks again.
  if (form.value.sum !== plainAmount(choice.amount)) return data({ problem: 'amounts-differ' as const }, { status: 409 })
  const documents = choice.documents.filter(({ id }) => choice.chosen.includes(id))
  const [first, ...others] = oldestFirst(choice.amount, documents).map(({ id, amount }) => ({ kind: 'invoice' as const, id, amount }))
  if (!first) return data({ problem: 'nothing-open' as const }, { status: 409 })
  return payBy(payer, form.value, { accountId: choice.accountId, purpose: 'invoices', targets: [first, ...others] })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Pay() {
  const { choice } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['pay', 'panel'])
  const problem = usePayProblem(useActionData<typeof action>())
  return (
    <>
      <PageHeader title={t('title')} below={t('lead')} crumbs={[{ label: t('panel:nav.invoices'), to: '/panel/invoices' }]} />
      <div className="grid max-w-[40rem] gap-6">
        {problem ? <Notice tone="critical">{problem}</Notice> : null}
        {choice ? (
          <>
            <ChosenDocuments choice={choice} />
            <PayChoice />
          </>
        ) : (
          <Card>
            <EmptyState title={t('nothing')}>{t('nothingText')}</EmptyState>
          </Card>
        )}
      </div>
    </>
  )
}

function ChosenDocuments({ choice }: { readonly choice: Choice }) {
  const { typed } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['pay', 'common'])
  return (
    <Card id="documents" title={t('documents')}>
      <Form method="get" className="grid gap-4">
        <fieldset className="grid gap-3">
          <legend className="sr-only">{t('documents')}</legend>
          {choice.documents.map(({ id, number, dueDate, open }) => (
            <div key={id} className="flex flex-wrap items-baseline justify-between gap-x-4">
              <DocumentTick id={id} number={number} isTicked={choice.chosen.includes(id)} />
              <span className="text-sm">
                <span className="text-muted">
                  {t('common:invoice.due')} <Day day={dueDate} />
                </span>{' '}
                <Money amount={open} className="font-medium" />
              </span>
            </div>
          ))}
        </fieldset>
        <TextInput
          name="amount"
          label={t('part', { currency: choice.open.currency })}
          help={t('partHelp')}
          error={choice.isMalformed ? t('partWrong') : undefined}
          isOptional={t('common:optional')}
          inputMode="decimal"
          dir="ltr"
          maxLength={20}
          defaultValue={choice.amount.minor === choice.open.minor ? '' : typed}
          key={typed}
        />
        <div>
          <Button look="secondary" size="small">
            {t('takeOver')}
          </Button>
        </div>
      </Form>
    </Card>
  )
}

function DocumentTick({ id, number, isTicked }: { readonly id: string; readonly number: string; readonly isTicked: boolean }) {
  return (
    <label className="flex items-center gap-3 text-sm font-medium">
      <input type="checkbox" name="invoice" value={id} defaultChecked={isTicked} className="size-5 shrink-0 accent-accent" />
      <bdi dir="ltr">{number}</bdi>
    </label>
  )
}

function PayChoice() {
  const { choice, saved, pages, key, typed } = useLoaderData<typeof loader>()
  const { t } = useTranslation('pay')
  const format = useFormat()
  if (!choice) return null
  if (pages.length === 0 && saved.length === 0) return <Notice tone="info">{t('noGateway')}</Notice>
  return (
    <Card>
      <Form method="post" className="grid gap-6">
        <FormToken />
        <input type="hidden" name="key" value={key} />
        <input type="hidden" name="sum" value={typed} />
        <WayToPay saved={saved} pages={pages} />
        <div>
          <SubmitButton>
            <bdi>{t('pay', { amount: format.money(choice.amount) })}</bdi>
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
