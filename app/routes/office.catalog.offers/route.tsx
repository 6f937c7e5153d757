import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { readOffersOverview } from '#app/reports/parent-offers/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { refuse } from '#app/web/request/refuse.server.ts'
import { offerDeedOf } from './forms.ts'
import { DelegateForm, ImportForm } from './new-forms.tsx'
import { saveOfferDeed } from './save.server.ts'
import { ChangeTable, DelegationTable, OfferTable } from './tables.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'catalog:read', async (ctx, { can, tenant }) => ({
    overview: await readOffersOverview(ctx),
    today: localDateOf(ctx.now, tenant.timeZone),
    mayWrite: can('catalog:write'),
    mayDelegate: can('reseller:write'),
  }))
  return { ...page, title: await pageTitle(request, 'catalog', 'offers.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const deed = offerDeedOf(request)
  if (!deed) throw refuse(404, 'not-found')
  const answer = await saveOfferDeed(request, deed)
  const status = 'fields' in answer ? 422 : 'problem' in answer ? 409 : 200
  return data(answer, { status })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

const problems = [
  'no-open-change',
  'no-plan',
  'not-a-reseller',
  'no-contract',
  'product-not-found',
  'range-reversed',
  'offer-not-found',
  'offer-withdrawn',
] as const

export default function Offers() {
  const { overview, today, mayWrite, mayDelegate } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('catalog')
  const { error, typed } = useFieldErrors(answer && 'fields' in answer ? answer : undefined)
  const problem = answer && 'problem' in answer ? (problems.find((known) => known === answer.problem) ?? 'prices') : undefined
  const saved = answer && 'saved' in answer ? answer.saved : undefined
  return (
    <>
      <PageHeader title={t('offers.title')} below={t('offers.lead')} />
      <div key={String(saved)} className="grid grid-cols-1 gap-4">
        {saved ? <Notice tone="positive">{t(`offers.saved.${saved}`)}</Notice> : null}
        {problem ? <Notice tone="critical">{t(`offers.problem.${problem}`)}</Notice> : null}
        {overview.hasParent ? (
          <>
            <Card isFlush title={t('offers.changes')} aside={overview.changes.length}>
              <ChangeTable changes={overview.changes} mayWrite={mayWrite} />
            </Card>
            <Card isFlush title={t('offers.list')} aside={t('offers.listAside')}>
              <OfferTable offers={overview.offers} />
              {mayWrite ? <ImportForm overview={overview} error={error} typed={typed} today={today} /> : null}
            </Card>
          </>
        ) : null}
        <Card isFlush title={t('offers.delegations')} aside={t('offers.delegationsAside')}>
          <DelegationTable delegations={overview.delegations} mayWrite={mayDelegate} />
          {mayDelegate && overview.resellers.length > 0 ? <DelegateForm overview={overview} error={error} typed={typed} /> : null}
        </Card>
      </div>
    </>
  )
}
