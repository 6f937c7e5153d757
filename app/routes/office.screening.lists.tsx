import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { fraudLists, listKinds } from '#app/domain/fraud/list-entry.ts'
import { readLists } from '#app/reports/screening/query.server.ts'
import type { ListRow } from '#app/reports/screening/shape.ts'
import { addListEntry, removeListEntry } from '#app/services/fraud/keep-lists.server.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { ScreeningTabs } from '#app/ui/people/screening-tabs.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

const EntryForm = z.object({ list: z.enum(fraudLists), kind: z.enum(listKinds), value: line(254), note: line(200) })
const RemoveForm = z.object({ entryId: uuid })
const here = '/office/screening/lists'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'order:write', async (ctx, { can }) => ({
    entries: await readLists(ctx),
    maySet: can('settings:write'),
  }))
  return { ...page, title: await pageTitle(request, 'screening', 'lists.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const removal = await parseForm(request.clone(), RemoveForm)
  if (removal.ok) {
    await asStaff(request, 'order:write', (ctx) => removeListEntry(ctx, removal.value.entryId))
    return redirectWithToast(request, here, 'saved')
  }
  const form = await parseForm(request, EntryForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { value: typed, ...entry } = form.value
  const result = await asStaff(request, 'order:write', (ctx) => addListEntry(ctx, { ...entry, typed }))
  if (!result.ok) return data({ fields: { value: result.error }, values: form.value }, { status: 422 })
  return redirectWithToast(request, here, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function ScreeningLists() {
  const { entries, maySet } = useLoaderData<typeof loader>()
  const { t } = useTranslation('screening')
  return (
    <>
      <PageHeader title={t('lists.title')} below={t('lists.lead')} />
      <ScreeningTabs mayWrite maySet={maySet} />
      <div className="grid gap-6">
        <NewEntry key={entries.length} />
        <Card isFlush>
          <Table
            caption={t('lists.title')}
            rows={entries}
            rowKey={({ id }) => id}
            empty={<EmptyState title={t('lists.none')}>{t('lists.noneText')}</EmptyState>}
            columns={[
              { key: 'value', head: t('lists.value'), isPrimary: true, cell: ({ value }) => <bdi className="break-all">{value}</bdi> },
              { key: 'kind', head: t('lists.kind'), cell: ({ kind }) => t(`kind.${kind}`) },
              { key: 'list', head: t('lists.list'), cell: ({ list }) => t(`list.${list}`) },
              { key: 'note', head: t('note'), isLong: true, cell: ({ note }) => note },
              { key: 'at', head: t('at'), cell: ({ addedAt }) => <DateTime instant={addedAt} isShort /> },
              { key: 'remove', head: <span className="sr-only">{t('lists.remove')}</span>, cell: (entry) => <Remove entry={entry} /> },
            ]}
          />
        </Card>
      </div>
    </>
  )
}

function NewEntry() {
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('screening')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card title={t('lists.add')}>
      <Form method="post" className="grid items-start gap-4 sm:grid-cols-2">
        <FormToken />
        <Select name="list" label={t('lists.list')} defaultValue={typed('list') ?? 'deny'}>
          {fraudLists.map((list) => (
            <option key={list} value={list}>
              {t(`list.${list}`)}
            </option>
          ))}
        </Select>
        <Select name="kind" label={t('lists.kind')} defaultValue={typed('kind') ?? 'domain'}>
          {listKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kind.${kind}`)}
            </option>
          ))}
        </Select>
        <TextInput
          name="value"
          label={t('lists.value')}
          help={t('lists.valueHelp')}
          required
          defaultValue={typed('value')}
          error={error('value')}
        />
        <TextInput name="note" label={t('note')} required maxLength={200} defaultValue={typed('note')} error={error('note')} />
        <div className="sm:col-span-2">
          <SubmitButton>{t('lists.add')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

function Remove({ entry }: { entry: ListRow }) {
  const { t } = useTranslation('screening')
  return (
    <Form method="post">
      <FormToken />
      <input type="hidden" name="entryId" value={entry.id} />
      <Button look="quiet" size="small" aria-label={t('lists.removeOne', { value: entry.value })}>
        {t('lists.remove')}
      </Button>
    </Form>
  )
}
