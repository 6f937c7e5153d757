import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { powerActions } from '#app/domain/cloud/server-actions.ts'
import { listServers } from '#app/reports/servers/query.server.ts'
import { requestPower } from '#app/services/servers/request-power.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { ServerStateView } from '#app/ui/cloud/server-state.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf, oneOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

/** As many as a page of the list has. */
const most = 50

/** What is to be done to which servers: both stand in the address, as the list's form sends them. */
function wishOf(request: Request) {
  const search = filterOf(request)
  const serverIds = [...new Set(search.getAll('server'))].filter(isUuid).slice(0, most)
  return { action: orNotFound(oneOf(powerActions, search.get('action')) ?? null), serverIds }
}

export async function loader({ request }: LoaderFunctionArgs) {
  const language = await languageOf(request, await tenantOf(request))
  const { action, serverIds } = wishOf(request)
  const { rows } = await asCustomer(request, 'server:write', (ctx) => listServers(ctx, { ids: serverIds, page: 1, language }))
  return {
    action,
    servers: rows.map(({ id, name, state, actions }) => ({ id, name, state, isPossible: actions.includes(action) })),
    title: await pageTitle(request, 'panel', `power.${action}.short`),
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const { action: asked, serverIds } = wishOf(request)
  await parseForm(request, z.object({}))
  const result = await asCustomer(request, 'server:write', (ctx, { session }) =>
    requestPower(ctx, { action: asked, serverIds, userName: session.user.name }),
  )
  if (result.refused.length > 0) return data(result, { status: 409 })
  const [only, ...others] = serverIds
  if (only === undefined) return data(result, { status: 422 })
  return others.length === 0
    ? redirectWithToast(request, `/panel/servers/${only}`, `server.${asked}`)
    : redirectWithToast(request, '/panel/servers', `servers.${asked}`)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Power() {
  const { action: asked, servers } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['panel', 'common'])
  const count = servers.filter(({ isPossible }) => isPossible).length
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('nav.servers'), to: '/panel/servers' }]}
        title={count > 0 ? t(`power.${asked}.title`, { count }) : t(`power.${asked}.short`)}
      />
      <div className="grid max-w-2xl gap-6">
        <Refused />
        <Card id="servers" title={t('nav.servers')}>
          {servers.length === 0 ? (
            <EmptyState
              title={t('power.none')}
              action={
                <ButtonLink to="/panel/servers" look="secondary">
                  {t('power.back')}
                </ButtonLink>
              }
            >
              {t('power.noneText')}
            </EmptyState>
          ) : (
            <Chosen count={count} />
          )}
        </Card>
      </div>
    </>
  )
}

/** The servers that were chosen, and the button; those it cannot be done to are named and left out. */
function Chosen({ count }: { readonly count: number }) {
  const { action: asked, servers } = useLoaderData<typeof loader>()
  const { t } = useTranslation('panel')
  const possible = servers.filter(({ isPossible }) => isPossible).map(({ id }) => ['server', id])
  return (
    <div className="grid gap-4 text-sm">
      <ul className="grid gap-2">
        {servers.map(({ id, name, state, isPossible }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4">
            <bdi className="font-medium">{name}</bdi>
            <span className="flex flex-wrap items-baseline gap-x-4">
              {isPossible ? null : <span className="text-muted">{t('power.leftOut')}</span>}
              <ServerStateView state={state} />
            </span>
          </li>
        ))}
      </ul>
      {count > 0 ? <p className="text-muted">{t(`power.${asked}.text`)}</p> : null}
      <div className="flex flex-wrap gap-2">
        {count > 0 ? (
          <Form method="post" action={`?${new URLSearchParams([['action', asked], ...possible])}`}>
            <FormToken />
            <SubmitButton>{t(`power.${asked}.title`, { count })}</SubmitButton>
          </Form>
        ) : null}
        <ButtonLink to="/panel/servers" look="secondary">
          {t('power.back')}
        </ButtonLink>
      </div>
    </div>
  )
}

/** What came of it where not all could be asked. */
function Refused() {
  const { servers } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('panel')
  if (!answer || answer.refused.length === 0) return null
  return (
    <Notice tone="critical" title={t('power.asked', { count: answer.asked })}>
      <ul>
        {answer.refused.map(({ serverId, problem }) => (
          <li key={serverId}>
            <bdi>{servers.find(({ id }) => id === serverId)?.name ?? serverId}</bdi>: {t(`server.problem.${problem}`)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
