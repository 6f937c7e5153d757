import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { StatementFiles, StatementView } from '#app/ui/documents/statement-view.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parentStatement } from '#app/web/statements/parent-statement.server.ts'
import { statementPage } from '#app/web/statements/statement-page.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { asked, read, parties, mayReadBooks } = await parentStatement(request)
  const title = await pageTitle(request, 'statement', 'title')
  return { ...statementPage(asked, read), seller: parties.seller.legalName, mayReadBooks, title }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function ParentStatement() {
  const { asked, statement, seller, mayReadBooks } = useLoaderData<typeof loader>()
  const { t } = useTranslation('statement')
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('purchases.title'), to: '/office/purchases' }]}
        title={t('purchases.statementWith', { name: seller })}
        below={t('leadBuyer')}
        actions={<StatementFiles path="/office/purchases/statement/file" asked={asked} />}
      />
      <StatementView
        asked={asked}
        statement={statement}
        pathOf={({ entryId, documentId }) => {
          if (documentId) return `/office/purchases/${documentId}`
          return mayReadBooks ? `/office/ledger/entries/${entryId}` : null
        }}
      />
    </>
  )
}
