import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readServer } from '#app/reports/servers/query.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { consoleLines } from '#app/web/desks/server-console.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const serverId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  const server = orNotFound(await asCustomer(request, 'server:write', (ctx) => readServer(ctx, serverId, language)))
  const lines = await consoleLines(request, { serverId, ticket: params.ticket ?? '' })
  return { serverId, name: server.name, lines, title: titleOf(server.name, brandOf(tenant).pack.name) }
}

/** The ticket works once: what it showed stays as long as the page does. */
export const shouldRevalidate = () => false

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }, { name: 'robots', content: 'noindex' }]

export default function ConsoleScreen() {
  const { serverId, name, lines } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['cloud', 'panel'])
  const base = `/panel/servers/${serverId}`
  const again = (
    <ButtonLink to={`${base}/console`} look="secondary">
      {t('console.again')}
    </ButtonLink>
  )
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('panel:nav.servers'), to: '/panel/servers' },
          { label: name, to: base },
        ]}
        title={t('console.of', { name })}
        actions={lines ? again : null}
      />
      {lines ? (
        <section
          dir="ltr"
          aria-label={t('console.of', { name })}
          className="min-h-80 rounded-card border border-border bg-text p-4 font-mono text-sm text-bg"
        >
          <pre className="break-words whitespace-pre-wrap">{lines.length > 0 ? lines.join('\n') : t('console.off')}</pre>
        </section>
      ) : (
        <EmptyState title={t('console.used')} action={again}>
          {t('console.usedText')}
        </EmptyState>
      )}
    </>
  )
}
