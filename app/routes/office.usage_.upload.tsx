import { createHash } from 'node:crypto'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { LineProblem } from '#app/domain/usage/usage-lines.ts'
import { listClouds } from '#app/reports/clouds/query.server.ts'
import { linesOfFile } from '#app/reports/usage/lines-of-file.ts'
import { fileConnection } from '#app/services/usage/file-connection.server.ts'
import { type UploadAnswer, uploadUsage } from '#app/services/usage/upload-usage.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'

const UploadForm = z.object({ cloudConnectionId: uuid.optional() })
const longestFile = 4_000_000
const shownProblems = 100

export async function loader({ request }: LoaderFunctionArgs) {
  const clouds = await asStaff(request, 'usage:write', listClouds)
  return { clouds: clouds.map(({ id, name }) => ({ id, name })), title: await pageTitle(request, 'office', 'usage.upload.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const copy = request.clone()
  const form = await parseForm(request, UploadForm)
  const { actor, tenant } = await staffOf(request, 'usage:write')
  const file = (await copy.formData()).get('file')
  if (!form.ok || !(file instanceof File) || file.size === 0) return data({ problem: 'no-file' as const }, { status: 422 })
  if (file.size > longestFile) return data({ problem: 'too-large' as const }, { status: 413 })

  const bytes = Buffer.from(await file.arrayBuffer())
  const table = linesOfFile(bytes.toString('utf8'))
  if (!table.ok) return refused(table.problems)
  const cloudConnectionId = await asStaff(request, 'usage:write', async (ctx) => {
    const wanted = (await listClouds(ctx)).find(({ id }) => id === form.value.cloudConnectionId)
    return wanted?.id ?? fileConnection(ctx)
  })
  const contentHash = createHash('sha256').update(bytes).digest('hex')
  const uploaded = await uploadUsage({ tenantId: tenant.tenantId, actor, cloudConnectionId, contentHash, table: table.value })
  return uploaded.ok ? data({ uploaded: uploaded.value }) : refused(uploaded.problems)
}

function refused(problems: readonly LineProblem[]) {
  return data({ problems: problems.slice(0, shownProblems), more: Math.max(0, problems.length - shownProblems) }, { status: 422 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function UploadUsage() {
  const { clouds } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('office')
  const problem = answer && 'problem' in answer ? t(`usage.upload.problem.${answer.problem}`) : undefined
  return (
    <>
      <PageHeader
        title={t('usage.upload.title')}
        crumbs={[{ label: t('nav.usage'), to: '/office/usage' }]}
        below={<span className="block max-w-prose">{t('usage.upload.lead')}</span>}
      />
      <div className="grid grid-cols-1 gap-6">
        {answer && 'uploaded' in answer ? <Uploaded uploaded={answer.uploaded} /> : null}
        {answer && 'problems' in answer ? <Problems problems={answer.problems} more={answer.more} /> : null}
        <Card className="max-w-3xl">
          <Form method="post" encType="multipart/form-data" className="grid grid-cols-1 items-start gap-4">
            <FormToken />
            <TextInput
              name="file"
              type="file"
              accept=".csv,text/csv"
              label={t('usage.upload.file')}
              help={t('usage.upload.fileHelp')}
              error={problem}
              required
            />
            <Select name="cloudConnectionId" label={t('usage.upload.cloud')} help={t('usage.upload.cloudHelp')} defaultValue="">
              <option value="">{t('usage.upload.noCloud')}</option>
              {clouds.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
            <div>
              <SubmitButton>{t('usage.upload.send')}</SubmitButton>
            </div>
          </Form>
          <p className="mt-6 text-sm text-muted">{t('usage.upload.columns')}</p>
          <pre dir="ltr" className="mt-2 rounded-md bg-soft p-3 font-mono break-all whitespace-pre-wrap text-[0.8125rem]">
            {example}
          </pre>
        </Card>
      </div>
    </>
  )
}

const example = `meter,quantity,unit,from,to,resource
traffic.sent,12.5,GB,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,srv-1`

type Taken = Extract<UploadAnswer, { ok: true }>['value']

function Uploaded({ uploaded }: { uploaded: Pick<Taken, 'records' | 'stored' | 'accepted' | 'quarantined' | 'charges'> }) {
  const { t } = useTranslation('office')
  const format = useFormat()
  const { records, stored, accepted, quarantined, charges } = uploaded
  const shown = {
    records: format.quantity(records),
    stored: format.quantity(stored),
    accepted: format.quantity(accepted),
    quarantined: format.quantity(quarantined),
    charges: format.quantity(charges),
  }
  return (
    <Notice tone={quarantined > 0 ? 'warning' : 'positive'}>
      {stored === 0 ? t('usage.upload.known', shown) : t('usage.upload.done', shown)}{' '}
      {quarantined > 0 ? <TextLink to="/office/quarantine">{t('nav.quarantine')}</TextLink> : null}
    </Notice>
  )
}

function Problems({ problems, more }: { problems: readonly LineProblem[]; more: number }) {
  const { t } = useTranslation('office')
  const format = useFormat()
  return (
    <>
      <Notice tone="critical">{t('usage.upload.refused')}</Notice>
      <Card isFlush>
        <Table
          caption={t('usage.upload.problems')}
          rows={problems.map((problem, place) => ({ ...problem, key: String(place) }))}
          rowKey={({ key }) => key}
          columns={[
            { key: 'line', head: t('usage.upload.line'), isPrimary: true, cell: ({ line }) => format.quantity(line) },
            { key: 'column', head: t('usage.upload.column'), cell: ({ column }) => <bdi dir="ltr">{column || '–'}</bdi> },
            { key: 'why', head: t('quarantine.why'), cell: ({ code }) => t(`usage.upload.code.${code}`) },
          ]}
        />
        {more > 0 ? <p className="px-card py-3 text-sm text-muted">{t('usage.upload.more', { more: format.quantity(more) })}</p> : null}
      </Card>
    </>
  )
}
