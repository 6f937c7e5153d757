import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readOwnCredit } from '#app/services/credit/read-credit-page.server.ts'
import { inParent, parentAccountOf, partiesOfEdge } from '#app/services/purchases/in-parent.server.ts'
import { ExposureCard, FitCard } from '#app/ui/payments/exposure-card.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { staffOf } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { typedEach } from '#app/web/request/typed-each.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { tenant } = await staffOf(request, 'purchase:read')
  const parent = orNotFound(await parentAccountOf(tenant.tenantId))
  const { seller } = orNotFound(await partiesOfEdge(parent))
  const standing = orNotFound(await inParent(parent, (ctx) => readOwnCredit(ctx, parent.accountId)))
  const fit = typedEach(request, standing.limit.currency)
  return { standing, fit, name: seller.legalName, title: await pageTitle(request, 'settlement', 'credit.own') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

const paths = {
  open: '/office/purchases',
  rated: '/office/purchases/statement',
  reserved: '/office/subscriptions',
  prepaid: '/office/purchases/statement',
  unapplied: '/office/purchases/payments',
}

export default function OwnCredit() {
  const { standing, fit, name } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['settlement', 'statement'])
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('statement:purchases.title'), to: '/office/purchases' }]}
        title={t('credit.own')}
        below={t('credit.ownLead', { name })}
      />
      <div className="grid max-w-3xl gap-6">
        <ExposureCard standing={standing} paths={paths} />
        <FitCard available={standing.available} {...fit} />
      </div>
    </>
  )
}
