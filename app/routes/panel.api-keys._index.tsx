import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { customerPermissions } from '#app/domain/tenancy/permissions.ts'
import { readApiKeys } from '#app/reports/members/api-keys.server.ts'
import type { ShownApiKey } from '#app/reports/members/shape.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { State } from '#app/ui/base/state.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { TextArea, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { permissionField } from '#app/ui/people/permission-field.ts'
import { PermissionTicks, PermissionWords } from '#app/ui/people/permission-list.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { apiKeyDeed } from '#app/web/desks/api-key-deeds.server.ts'
import { customerOf } from '#app/web/request/as-customer.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { accountId, can } = await customerOf(request, 'api-key:write')
  return {
    keys: await asSeller(request, (ctx) => readApiKeys(ctx, accountId)),
    grantable: customerPermissions.filter((permission) => can(permission)),
    title: await pageTitle(request, 'access', 'keys.title'),
  }
}

export const action = ({ request }: ActionFunctionArgs) => apiKeyDeed(request)

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function ApiKeys() {
  const { keys } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['access', 'panel'])
  const secret = answer && 'secret' in answer ? answer.secret : undefined
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('panel:nav.account'), to: '/panel/account' }]}
        title={t('keys.title')}
        below={t('keys.lead')}
        actions={
          <ButtonLink to="/panel/api-keys/reference" look="secondary" size="small" className="h-9">
            {t('reference.title')}
          </ButtonLink>
        }
      />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-6">
          {secret ? (
            <Notice tone="positive" title={t('keys.secret')}>
              <code dir="ltr" id="new-key" className="block break-all">
                {secret}
              </code>
              <p className="mt-1">{t('keys.secretText')}</p>
            </Notice>
          ) : null}
          <Card id="keys" title={t('keys.title')} isFlush>
            {keys.length > 0 ? (
              <ul className="divide-y divide-border border-t border-border text-sm">
                {keys.map((key) => (
                  <Key key={key.id} shown={key} />
                ))}
              </ul>
            ) : (
              <EmptyState title={t('keys.none')}>{t('keys.noneText')}</EmptyState>
            )}
          </Card>
        </div>
        <NewKeyCard />
      </div>
    </>
  )
}

const tones = { active: 'positive', expired: 'warning', revoked: 'neutral' } as const

function Key({ shown }: { shown: ShownApiKey }) {
  const { t } = useTranslation('access')
  const { id, name, prefix, person, permissions, networks, createdAt, expiresAt, lastUsedAt, state } = shown
  return (
    <li className="grid gap-2 px-card py-3">
      <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span className="min-w-0">
          <span className="font-medium">{name}</span>{' '}
          <code dir="ltr" className="text-muted">
            {prefix}…
          </code>
        </span>
        <span className="flex items-center gap-3">
          <State tone={tones[state]}>{t(`keys.state.${state}`)}</State>
          {state === 'revoked' ? null : (
            <Form method="post">
              <FormToken />
              <input type="hidden" name="keyId" value={id} />
              <SubmitButton look="danger" size="small">
                {t('keys.revoke')}
                <span className="sr-only"> {name}</span>
              </SubmitButton>
            </Form>
          )}
        </span>
      </span>
      <span className="text-muted">
        <PermissionWords permissions={permissions} />
      </span>
      <span className="flex flex-wrap gap-x-6 gap-y-1 text-muted">
        <span>{t('keys.by', { person })}</span>
        <span>
          {t('keys.made')} <DateTime instant={createdAt} />
        </span>
        <span>
          {t('keys.lastUsed')} {lastUsedAt ? <DateTime instant={lastUsedAt} /> : t('keys.never')}
        </span>
        {expiresAt ? (
          <span>
            {t('keys.expires')} <DateTime instant={expiresAt} />
          </span>
        ) : null}
        {networks.length > 0 ? <bdi dir="ltr">{networks.join(', ')}</bdi> : null}
      </span>
    </li>
  )
}

function NewKeyCard() {
  const { grantable } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['access', 'common'])
  const label = useLabel()
  const { error, typed } = useFieldErrors(answer)
  const problem = answer && 'problem' in answer ? answer.problem : undefined
  return (
    <Card id="new" title={t('keys.new')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        {problem ? <Notice tone="critical">{label(`access:keys.problem.${problem}`, problem)}</Notice> : null}
        <TextInput
          name="name"
          label={t('keys.name')}
          help={t('keys.nameHelp')}
          required
          maxLength={80}
          defaultValue={typed('name')}
          error={error('name')}
        />
        <PermissionTicks grantable={grantable} ticked={(permission) => typed(permissionField(permission)) === 'on'} />
        <TextInput
          name="expiresOn"
          type="date"
          label={t('keys.expiresOn')}
          isOptional={t('common:optional')}
          defaultValue={typed('expiresOn')}
          error={error('expiresOn')}
        />
        <TextArea
          name="networks"
          isCode
          label={t('keys.networks')}
          help={t('keys.networksHelp')}
          isOptional={t('common:optional')}
          defaultValue={typed('networks')}
          error={error('networks')}
        />
        <div>
          <SubmitButton>{t('keys.make')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
