import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readClosing } from '#app/reports/closing/query.server.ts'
import { reopenAccount } from '#app/services/closing/close-account.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { ClosingFacts, ClosingState } from '#app/ui/people/closing-state.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const page = await asStaff(request, 'account:read', async (ctx, { can }) => ({
    view: orNotFound(await readClosing(ctx, accountId)),
    mayWrite: can('account:write'),
  }))
  return { ...page, title: await pageTitle(request, 'access', 'closing.title') }
}

/** Opens the account again while its grace lasts. */
export async function action({ request, params }: ActionFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  await parseForm(request, z.object({}))
  const reopened = await asStaff(request, 'account:write', (ctx) => reopenAccount(ctx, accountId))
  if (!reopened.ok) throw refuse(409, 'not-found')
  return redirectWithToast(request, `/office/accounts/${accountId}/closing`, 'account.reopened')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function AccountClosing() {
  const { view, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['access', 'office'])
  const label = useLabel()
  const { closing, services } = view
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.accounts'), to: '/office/accounts' },
          { label: view.name, to: `/office/accounts/${view.accountId}` },
        ]}
        title={t('closing.title')}
        beside={closing ? <ClosingState state={closing.state} /> : undefined}
        actions={<TextLink to="/office/closings">{t('closing.all')}</TextLink>}
      />
      <div className="grid max-w-3xl grid-cols-1 gap-6">
        {closing ? (
          <Card id="state" title={t('closing.underWay')}>
            <div className="grid gap-4">
              <ClosingFacts closing={closing} />
              {closing.state === 'open' && mayWrite ? (
                <Form method="post">
                  <FormToken />
                  <p className="mb-3 text-sm text-muted">{t('closing.reopenText')}</p>
                  <SubmitButton>{t('closing.reopen')}</SubmitButton>
                </Form>
              ) : null}
            </div>
          </Card>
        ) : (
          <Card>
            <EmptyState title={t('closing.none')} />
          </Card>
        )}
        {closing?.state === 'open' && services.length > 0 ? (
          <Card id="services" title={t('closing.left')}>
            <ul className="grid gap-1 text-sm">
              {services.slice(0, 100).map(({ id, kind, name }) => (
                <li key={id}>
                  {label(`access:service.${kind}`, kind)} <bdi>{name}</bdi>
                </li>
              ))}
            </ul>
          </Card>
        ) : null}
      </div>
    </>
  )
}
