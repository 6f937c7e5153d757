import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { listClosings, readClosingChoice } from '#app/reports/closing/query.server.ts'
import { saveClosingSettings } from '#app/services/closing/close-account.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime, Day } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { ClosingState } from '#app/ui/people/closing-state.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

const days = (most: number) => z.coerce.number('invalid').int('invalid').min(1, 'invalid').max(most, 'invalid')
const SettingsForm = z.object({ graceDays: days(180), retentionDays: days(11_000) })

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'account:read', async (ctx, { can }) => ({
    closings: await listClosings(ctx),
    settings: await readClosingChoice(ctx),
    mayWrite: can('settings:write'),
  }))
  return { ...page, title: await pageTitle(request, 'access', 'closing.all') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, SettingsForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  await asStaff(request, 'settings:write', (ctx) => saveClosingSettings(ctx, form.value))
  return redirectWithToast(request, '/office/closings', 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Closings() {
  const { closings, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['access', 'office'])
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('office:nav.accounts'), to: '/office/accounts' }]}
        title={t('closing.all')}
        below={t('closing.allLead')}
      />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Card isFlush>
          <Table
            caption={t('closing.all')}
            rows={closings}
            rowKey={({ accountId, askedAt }) => `${accountId}-${askedAt}`}
            empty={<EmptyState title={t('closing.noneAtAll')} />}
            columns={[
              {
                key: 'account',
                head: t('closing.account'),
                isPrimary: true,
                isLong: true,
                cell: ({ accountId, name }) => <TextLink to={`/office/accounts/${accountId}/closing`}>{name}</TextLink>,
              },
              { key: 'state', head: t('closing.stateHead'), cell: ({ state }) => <ClosingState state={state} /> },
              { key: 'asked', head: t('closing.asked'), cell: ({ askedAt }) => <DateTime instant={askedAt} isShort /> },
              { key: 'grace', head: t('closing.graceEnds'), cell: ({ graceEndsAt }) => <DateTime instant={graceEndsAt} isShort /> },
              {
                key: 'erase',
                head: t('closing.eraseOn'),
                cell: ({ eraseOn, erasedAt }) => (erasedAt ? t('closing.erased') : eraseOn ? <Day day={eraseOn} /> : '–'),
              },
            ]}
          />
        </Card>
        {mayWrite ? <SettingsCard /> : null}
      </div>
    </>
  )
}

function SettingsCard() {
  const { settings } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('access')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card id="settings" title={t('closing.settings')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <TextInput
          name="graceDays"
          type="number"
          min={1}
          max={180}
          label={t('closing.graceDays')}
          help={t('closing.graceHelp')}
          required
          defaultValue={typed('graceDays') ?? settings.graceDays}
          error={error('graceDays')}
        />
        <TextInput
          name="retentionDays"
          type="number"
          min={1}
          max={11_000}
          label={t('closing.retentionDays')}
          help={t('closing.retentionHelp')}
          required
          defaultValue={typed('retentionDays') ?? settings.retentionDays}
          error={error('retentionDays')}
        />
        <div>
          <SubmitButton>{t('members.save')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
