import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { openStatement } from '#app/services/statements/open-statement.server.ts'
import { readStatement } from '#app/services/statements/read-statement.server.ts'
import { MailStatement, StatementFiles, StatementView } from '#app/ui/documents/statement-view.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { mailStatement } from '#app/web/statements/mail-statement.server.ts'
import { statementPage } from '#app/web/statements/statement-page.server.ts'
import { askedStatement } from '#app/web/statements/statement-request.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const page = await asStaff(request, 'invoice:read', async (ctx, { can }) => {
    const { parties, ledgerAccountIds, currencies } = orNotFound(await openStatement(ctx, accountId))
    const { timeZone, currency: fallback } = parties.seller
    const asked = askedStatement(request, { now: ctx.now, currencies, fallback, timeZone })
    const read = await readStatement(ctx, { accountId, ledgerAccountIds, span: asked.span })
    return {
      ...statementPage(asked, read),
      account: { id: accountId, name: parties.buyer.name },
      mayReadBooks: can('ledger:read'),
      maySend: can('invoice:send'),
    }
  })
  return { ...page, title: await pageTitle(request, 'statement', 'title') }
}

/** Mails the statement. */
export async function action({ request, params }: ActionFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const path = `/office/accounts/${accountId}/statement`
  return mailStatement(request, { accountId, path, asOffice: (work) => asStaff(request, 'invoice:send', work) })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function AccountStatement() {
  const { account, asked, statement, mayReadBooks, maySend } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['statement', 'office'])
  const path = `/office/accounts/${account.id}`
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.accounts'), to: '/office/accounts' },
          { label: account.name, to: path },
        ]}
        title={t('title')}
        below={t('lead')}
        actions={
          <>
            {maySend ? <MailStatement asked={asked} /> : null}
            <StatementFiles path={`${path}/statement/file`} asked={asked} />
          </>
        }
      />
      <StatementView
        asked={asked}
        statement={statement}
        pathOf={({ entryId, documentId }) => {
          if (documentId) return `/office/invoices/${documentId}`
          return mayReadBooks ? `/office/ledger/entries/${entryId}` : null
        }}
      />
    </>
  )
}
