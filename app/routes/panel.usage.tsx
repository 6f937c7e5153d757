import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { listShowbacks } from '#app/reports/invoices/showbacks.server.ts'
import { readUsageChoices, readUsageFocus, readUsagePicture } from '#app/reports/usage-explorer/query.server.ts'
import { AsOf } from '#app/ui/base/as-of.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { UsageExplorer } from '#app/ui/usage/usage-explorer.tsx'
import { UsageFilters } from '#app/ui/usage/usage-filters.tsx'
import { usageOf } from '#app/web/desks/usage-request.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { readerOf } from '#app/web/request/reader.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const reader = await readerOf(request)
  const page = await asCustomer(request, 'usage:read', async (ctx, { can }) => {
    const choices = await readUsageChoices(ctx)
    const asked = usageOf(filterOf(request), { ...reader, today: localDateOf(ctx.now, reader.zone) })
    const tagKey = asked.tagKey ?? choices.keys[0]
    return {
      asked,
      choices,
      tagKey,
      mayRead: can('invoice:read'),
      usage: await readUsagePicture(ctx, { ...asked, tagKey }),
      focus: await readUsageFocus(ctx, asked),
      hasShowbacks: (await listShowbacks(ctx, { limit: 1 })).rows.length > 0,
    }
  })
  return { ...page, title: await pageTitle(request, 'panel', 'nav.usage') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Usage() {
  const { asked, choices, tagKey, usage, focus, hasShowbacks, mayRead } = useLoaderData<typeof loader>()
  const { t } = useTranslation('panel')
  return (
    <>
      <PageHeader
        title={t('nav.usage')}
        below={usage.asOf ? <AsOf instant={usage.asOf} /> : undefined}
        actions={
          <>
            {mayRead ? <TextLink to="/panel/exports">{t('costData.title')}</TextLink> : null}
            {hasShowbacks ? <TextLink to="/panel/showbacks">{t('showbacks.title')}</TextLink> : null}
          </>
        }
      />
      <UsageFilters {...{ asked, choices, focus }} currencies={usage.currencies} currency={usage.currency} />
      <UsageExplorer {...{ usage, tagKey }} by={asked.by} base="/panel/usage" pathOfServer={(id) => `/panel/servers/${id}`} />
    </>
  )
}
