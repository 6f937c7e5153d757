import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { addRecord, type DnsRecord, recordKey, recordTypes } from '#app/domain/cloud/dns-records.ts'
import { readThing } from '#app/reports/cloud-things/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { ThingStateView } from '#app/ui/cloud/thing-state.tsx'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/forms/deed-form.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import {
  answerDeed,
  cloudWith,
  type DeedAnswer,
  deedNamed,
  doPlainDeed,
  newFormKey,
  problemField,
  refusedForm,
} from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid, line } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  await cloudWith(request, 'dns')
  const id = orNotFound(isUuid(params.zoneId) ? params.zoneId : null)
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => ({
    zone: orNotFound(await readThing(ctx, { kind: 'dns-zone', id })),
    mayWrite: can('server:write'),
  }))
  return { ...page, formKey: newFormKey(), title: titleOf(page.zone.name, brandOf(await tenantOf(request)).pack.name) }
}

const RecordForm = z.object({
  formKey: line(60),
  /** The record that goes; without it one is added. */
  remove: z.string().max(1_300).optional(),
  name: z.string().trim().max(253, 'too-long').default('@'),
  type: z.enum(recordTypes).default('A'),
  ttlSeconds: z.coerce.number('malformed-ttl').int('malformed-ttl').default(3_600),
  value: z.string().trim().max(1_000, 'too-long').default(''),
})

export async function action({ request, params }: ActionFunctionArgs) {
  const subjectId = orNotFound(isUuid(params.zoneId) ? params.zoneId : null)
  const kind = deedNamed(request, ['set-dns-records', 'delete-dns-zone'])
  if (kind === 'delete-dns-zone') return doPlainDeed(request, { kind, subjectId, to: () => '/panel/dns' })
  const form = await parseForm(request, RecordForm)
  if (!form.ok) return refusedForm(form.error, form.values)
  const zone = orNotFound(await asCustomer(request, 'server:write', (ctx) => readThing(ctx, { kind: 'dns-zone', id: subjectId })))
  const changed = changedRecords(zone.spec.records, form.value)
  const values = Object.fromEntries(Object.entries(form.value).map(([name, value]) => [name, String(value ?? '')]))
  if (!changed.ok) return refusedForm({ [problemField(changed.error)]: changed.error }, values)
  const wish = { deed: { kind, records: changed.value }, subjectId, formKey: form.value.formKey }
  return answerDeed(request, { wish, to: () => `/panel/dns/${subjectId}`, values })
}

function changedRecords(records: readonly DnsRecord[], form: z.infer<typeof RecordForm>): ReturnType<typeof addRecord> {
  const { remove, name, type, ttlSeconds, value } = form
  if (remove) return { ok: true, value: records.filter((record) => recordKey(record) !== remove) }
  return addRecord(records, { name, type, ttlSeconds, value })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function DnsZone() {
  const { zone, mayWrite, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as DeedAnswer | undefined
  const { t } = useTranslation('cloud')
  const isMoving = zone.state === 'building' || zone.pendingAction !== null
  useRefreshWhile(isMoving)
  const mayChange = mayWrite && !isMoving
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('dns.title'), to: '/panel/dns' }]}
        title={<bdi dir="ltr">{zone.name}</bdi>}
        beside={<ThingStateView {...zone} />}
      />
      <DeedNotice answer={answer} last={zone.problem} />
      <div className="grid gap-6">
        <Card id="records" title={t('dns.records')} isFlush>
          <Table
            caption={t('dns.records')}
            rows={zone.spec.records}
            rowKey={recordKey}
            empty={<EmptyState title={t('dns.noRecords')}>{t('dns.noRecordsText')}</EmptyState>}
            columns={[
              {
                key: 'name',
                head: t('name'),
                isPrimary: true,
                cell: ({ name }) => (
                  <bdi dir="ltr" className="font-mono">
                    {name}
                  </bdi>
                ),
              },
              { key: 'type', head: t('dns.type'), cell: ({ type }) => type },
              {
                key: 'value',
                head: t('dns.value'),
                isLong: true,
                cell: ({ value }) => (
                  <bdi dir="ltr" className="font-mono break-all">
                    {value}
                  </bdi>
                ),
              },
              { key: 'ttl', head: t('dns.ttl'), isNumber: true, cell: ({ ttlSeconds }) => ttlSeconds },
              ...(mayChange
                ? [
                    {
                      key: 'deeds',
                      head: <span className="sr-only">{t('deeds')}</span>,
                      label: t('deeds'),
                      cell: (record: DnsRecord) => (
                        <DeedForm deed="set-dns-records" formKey={formKey} fields={{ remove: recordKey(record) }}>
                          <SubmitButton look="quiet" size="small">
                            {t('remove')}
                          </SubmitButton>
                        </DeedForm>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        </Card>
        {mayChange && zone.state === 'ready' ? <NewRecord /> : null}
        {mayChange ? (
          <Card title={t('dns.delete')} className="max-w-2xl">
            <DeedForm deed="delete-dns-zone" formKey={formKey} className="grid gap-4">
              <p className="text-sm text-muted">{t('dns.deleteText')}</p>
              <div>
                <SubmitButton look="danger">{t('dns.delete')}</SubmitButton>
              </div>
            </DeedForm>
          </Card>
        ) : null}
      </div>
    </>
  )
}

function NewRecord() {
  const { formKey } = useLoaderData<typeof loader>()
  const { t } = useTranslation('cloud')
  const { error, typed } = useDeedErrors(useActionData<typeof action>() as DeedAnswer | undefined)
  return (
    <Card id="new-record" title={t('dns.add')} className="max-w-2xl">
      <DeedForm deed="set-dns-records" formKey={formKey} className="grid gap-5 sm:grid-cols-2">
        <TextInput
          name="name"
          label={t('name')}
          help={t('dns.nameHelp')}
          dir="ltr"
          required
          defaultValue={typed('name') ?? '@'}
          error={error('name')}
        />
        <Select name="type" label={t('dns.type')} defaultValue={typed('type') ?? 'A'}>
          {recordTypes.map((type) => (
            <option key={type} value={type}>
              {type}
            </option>
          ))}
        </Select>
        <TextInput
          name="value"
          label={t('dns.value')}
          help={t('dns.valueHelp')}
          dir="ltr"
          required
          spellCheck={false}
          defaultValue={typed('value') ?? ''}
          error={error('value')}
          className="sm:col-span-2"
        />
        <TextInput
          name="ttlSeconds"
          label={t('dns.ttl')}
          inputMode="numeric"
          defaultValue={typed('ttlSeconds') ?? '3600'}
          error={error('ttlSeconds')}
        />
        <div className="sm:col-span-2">
          <SubmitButton>{t('dns.add')}</SubmitButton>
        </div>
      </DeedForm>
    </Card>
  )
}
