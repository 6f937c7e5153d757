import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { countOpenEntries, listStatements } from '#app/reports/bank-statements/query.server.ts'
import { csvMappingOf, importBankStatement, ownAccount } from '#app/services/reconciliation/import-bank-statement.server.ts'
import { acceptSureMatches } from '#app/services/reconciliation/suggest-matches.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { uploadedBankFile } from '#app/web/desks/bank-file.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { StatementTable } from './statement-table.tsx'
import { UploadCard } from './upload-card.tsx'

const UploadForm = z.object({ isMatched: z.literal('on').optional() })

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const page = await asStaff(request, 'payment:read', async (ctx, { can }) => ({
    list: await listStatements(ctx, { cursor: search.get('cursor'), limit: 50 }),
    open: await countOpenEntries(ctx),
    own: (await ownAccount(ctx)) ?? null,
    mayWrite: can('payment:write'),
  }))
  const [read, added, matched] = ['read', 'added', 'matched'].map((name) => Number(search.get(name) ?? Number.NaN))
  const done = Number.isInteger(read) ? { read: read ?? 0, added: added || 0, matched: matched || 0 } : null
  return { ...page, done, title: await pageTitle(request, 'payment', 'bank.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const body = await request.clone().formData()
  const form = await parseForm(request, UploadForm)
  if (!form.ok) return data({ problem: 'other', place: '' }, { status: 422 })
  const { currency } = await tenantOf(request)
  const mapping = await asStaff(request, 'payment:write', (ctx) => csvMappingOf(ctx))
  const file = await uploadedBankFile(body.get('bankFile'), { mapping, currency })
  if (!file.ok) return data({ problem: file.error.code, place: file.error.place }, { status: 422 })

  const taken = await asStaff(request, 'payment:write', (ctx) => importBankStatement(ctx, file.value))
  if (!taken.ok) return data({ problem: taken.error, place: '' }, { status: 422 })
  const matched = form.value.isMatched ? await asStaff(request, 'payment:write', (ctx) => acceptSureMatches(ctx)) : null
  const { entries, added } = taken.value
  return redirect(`/office/bank-statements?read=${entries}&added=${added}&matched=${matched?.ok ? matched.value : 0}`)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function BankStatements() {
  const { list, open, own, mayWrite, done } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('payment')
  return (
    <>
      <PageHeader
        title={t('bank.title')}
        below={t('bank.lead')}
        actions={
          <>
            {mayWrite ? <HeaderLink to="/office/bank-statements/columns" label={t('bank.columns')} /> : null}
            <HeaderLink to="/office/bank-statements/matching" label={t('bank.queue', { count: open })} />
          </>
        }
      />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,1fr)]">
        <Card isFlush title={t('bank.statements')}>
          <StatementTable rows={list.rows} />
          <CursorPaging nextCursor={list.nextCursor} />
        </Card>
        {mayWrite ? <UploadCard iban={own?.iban ?? null} done={done} answer={answer} /> : null}
      </div>
    </>
  )
}

function HeaderLink({ to, label }: { to: string; label: string }) {
  return (
    <ButtonLink to={to} look="secondary" size="small" className="h-9">
      {label}
    </ButtonLink>
  )
}
