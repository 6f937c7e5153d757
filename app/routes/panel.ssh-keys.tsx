import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listSshKeys, type ShownSshKey } from '#app/reports/members/ssh-keys.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { CopyButton } from '#app/ui/base/copy-button.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextArea, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { sshKeyDeed } from '#app/web/desks/ssh-key-deeds.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const keys = await asCustomer(request, 'order:write', (ctx, { accountId, session }) =>
    listSshKeys(ctx, { accountId, userId: session.user.id }),
  )
  return { keys, title: await pageTitle(request, 'access', 'sshKeys.title') }
}

export const action = ({ request }: ActionFunctionArgs) => sshKeyDeed(request)

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function SshKeys() {
  const { keys } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['access', 'panel'])
  return (
    <>
      <PageHeader crumbs={[{ label: t('panel:nav.account'), to: '/panel/account' }]} title={t('sshKeys.title')} below={t('sshKeys.lead')} />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Card id="keys" title={t('sshKeys.title')} isFlush>
          {keys.length > 0 ? (
            <ul className="divide-y divide-border border-t border-border text-sm">
              {keys.map((key) => (
                <Key key={key.id} shown={key} />
              ))}
            </ul>
          ) : (
            <EmptyState title={t('sshKeys.none')}>{t('sshKeys.noneText')}</EmptyState>
          )}
        </Card>
        <NewKeyCard />
      </div>
    </>
  )
}

function Key({ shown: { id, name, kind, bits, fingerprint, createdAt } }: { shown: ShownSshKey }) {
  const { t } = useTranslation('access')
  return (
    <li className="grid gap-2 px-card py-3">
      <span className="flex items-center justify-between gap-x-4">
        <bdi className="min-w-0 break-words font-medium">{name}</bdi>
        <Form method="post">
          <FormToken />
          <input type="hidden" name="keyId" value={id} />
          <SubmitButton look="danger" size="small">
            {t('sshKeys.remove')}
            <span className="sr-only"> {name}</span>
          </SubmitButton>
        </Form>
      </span>
      <span className="flex items-start gap-1">
        <code dir="ltr" className="min-w-0 break-all">
          {fingerprint}
        </code>
        <CopyButton text={fingerprint} label={t('sshKeys.copy')} />
      </span>
      <span className="flex flex-wrap gap-x-6 gap-y-1 text-muted">
        <span>
          <bdi dir="ltr">{kind}</bdi> · {t('sshKeys.bits', { bits })}
        </span>
        <span>
          {t('sshKeys.added')} <DateTime instant={createdAt} />
        </span>
      </span>
    </li>
  )
}

function NewKeyCard() {
  const { t } = useTranslation(['access', 'common'])
  const { error, typed } = useFieldErrors(useActionData<typeof action>())
  return (
    <Card id="new" title={t('sshKeys.new')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <TextArea
          name="publicKey"
          isCode
          label={t('sshKeys.text')}
          help={t('sshKeys.textHelp')}
          required
          placeholder="ssh-ed25519 AAAA…"
          autoComplete="off"
          spellCheck={false}
          defaultValue={typed('publicKey')}
          error={error('publicKey')}
        />
        <TextInput
          name="name"
          label={t('sshKeys.name')}
          help={t('sshKeys.nameHelp')}
          isOptional={t('common:optional')}
          maxLength={80}
          defaultValue={typed('name')}
          error={error('name')}
        />
        <div>
          <SubmitButton>{t('sshKeys.add')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
