import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { MailStatement, StatementFiles, StatementView } from '#app/ui/documents/statement-view.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { customerOf } from '#app/web/request/as-customer.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { mailStatement } from '#app/web/statements/mail-statement.server.ts'
import { ownStatement } from '#app/web/statements/own-statement.server.ts'
import { statementPage } from '#app/web/statements/statement-page.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { asked, read } = await ownStatement(request)
  return { ...statementPage(asked, read), title: await pageTitle(request, 'statement', 'title') }
}

/** Mails the reader's own statement. */
export async function action({ request }: ActionFunctionArgs) {
  const { accountId } = await customerOf(request, 'invoice:read')
  return mailStatement(request, { accountId, path: '/panel/statement', asOffice: (work) => asSeller(request, work) })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function OwnStatement() {
  const { asked, statement } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['statement', 'panel'])
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('panel:nav.invoices'), to: '/panel/invoices' }]}
        title={t('title')}
        below={t('leadBuyer')}
        actions={
          <>
            <MailStatement asked={asked} />
            <StatementFiles path="/panel/statement/file" asked={asked} />
          </>
        }
      />
      <StatementView
        asked={asked}
        statement={statement}
        pathOf={({ documentId }) => (documentId ? `/panel/invoices/${documentId}` : null)}
      />
    </>
  )
}
