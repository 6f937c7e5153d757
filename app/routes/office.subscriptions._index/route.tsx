import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { listSubscriptions } from '#app/reports/subscriptions/list.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { listFilterOf } from './list-filter.server.ts'
import { SubscriptionListPage } from './list-page.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const filter = await listFilterOf(request)
  const list = await asStaff(request, 'subscription:read', (ctx) => listSubscriptions(ctx, filter))
  return { list, filter, title: await pageTitle(request, 'subscription', 'title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Subscriptions() {
  const { list, filter } = useLoaderData<typeof loader>()
  return <SubscriptionListPage list={list} filter={filter} path="/office/subscriptions" />
}
