import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { listSubscriptions } from '#app/reports/subscriptions/list.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { listFilterOf } from './office.subscriptions._index/list-filter.server.ts'
import { SubscriptionListPage } from './office.subscriptions._index/list-page.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const filter = await listFilterOf(request)
  const list = await asCustomer(request, 'subscription:read', (ctx) => listSubscriptions(ctx, filter))
  return { list, filter, title: await pageTitle(request, 'subscription', 'title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Subscriptions() {
  const { list, filter } = useLoaderData<typeof loader>()
  return <SubscriptionListPage list={list} filter={filter} path="/panel/subscriptions" isOwn />
}
