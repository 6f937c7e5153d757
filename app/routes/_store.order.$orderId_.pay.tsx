import { randomUUID } from 'node:crypto'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readOrderToPay } from '#app/reports/paying/order-to-pay.server.ts'
import { listSavedMethods } from '#app/reports/paying/query.server.ts'
import { offeredGateways } from '#app/services/gateways/offered-gateways.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { usePayProblem } from '#app/ui/payments/use-pay-problem.ts'
import { WayToPay } from '#app/ui/payments/way-to-pay.tsx'
import { deskOf, payBy, WayForm } from '#app/web/desks/pay-desk.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { asOrderReader, orderReaderOf } from '#app/web/store/order-reader.server.ts'

/** The order of the address, when it is one of the reader's own, and what the reader saved to pay with. */
async function ownOrder(request: Request, id: string | undefined) {
  const reader = await orderReaderOf(request, id, 'payment:write')
  const page = await asOrderReader(reader, async (ctx) => {
    const order = orNotFound(await readOrderToPay(ctx, reader.orderId))
    return { order, saved: reader.isGuest ? [] : await listSavedMethods(ctx, order.accountId) }
  })
  return { ...page, desk: await deskOf(request, reader.actor) }
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { desk, ...page } = await ownOrder(request, params.orderId)
  const pages = await offeredGateways(desk.process, page.order.total)
  return { ...page, pages, key: randomUUID(), title: await pageTitle(request, 'pay', 'order.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const form = await parseForm(request, WayForm)
  if (!form.ok) return data({ problem: 'no-way' as const }, { status: 422 })
  const { order, desk } = await ownOrder(request, params.orderId)
  const { id, accountId } = order
  const [first, ...others] = order.targets.map((target) => ({ kind: 'order' as const, ...target }))
  if (!first) return redirect(`/order/${id}`)
  const returnPath = `/order/${id}?attempt=:attemptId`
  return payBy(desk, form.value, { accountId, purpose: 'order', targets: [first, ...others], returnPath })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function PayOrder() {
  const { order, saved, pages, key } = useLoaderData<typeof loader>()
  const { t } = useTranslation('pay')
  const format = useFormat()
  const problem = usePayProblem(useActionData<typeof action>())
  return (
    <main id="main" className="page pt-12">
      <div className="mx-auto grid max-w-[40rem] gap-6">
        <div>
          <h1 className="text-2xl font-semibold">{t('order.title')}</h1>
          <p className="mt-2 text-muted">
            {t('order.lead')} <bdi>{order.name}</bdi>
          </p>
        </div>
        {problem ? <Notice tone="critical">{problem}</Notice> : null}
        {order.targets.length > 0 ? (
          <Form method="post" className="grid gap-6 rounded-card border border-border bg-surface p-card">
            <FormToken />
            <input type="hidden" name="key" value={key} />
            <WayToPay saved={saved} pages={pages} />
            <div>
              <SubmitButton>
                <bdi>{t('pay', { amount: format.money(order.total) })}</bdi>
              </SubmitButton>
            </div>
          </Form>
        ) : (
          <Notice tone="info" action={<ButtonLink to={`/order/${order.id}`}>{t('toOrder')}</ButtonLink>}>
            {t('order.nothing')}
          </Notice>
        )}
      </div>
    </main>
  )
}
