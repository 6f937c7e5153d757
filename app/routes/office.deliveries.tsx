import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { addDays, startOfDay } from '#app/domain/time/local-date.ts'
import { listDeliveries } from '#app/reports/deliveries/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { DeliveryTable } from '#app/ui/documents/delivery-table.tsx'
import { CompactInput, CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { sendAgain } from '#app/web/desks/send-again.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { dayOf, filterOf, oneOf } from '#app/web/request/filters.ts'
import { email, uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'

const SendForm = z.object({ invoiceId: uuid, sendTo: email })
const states = ['sending', 'accepted', 'bounced', 'withheld'] as const

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const filter = {
    state: oneOf(states, search.get('state')) ?? null,
    text: search.get('text')?.trim().slice(0, 100) || null,
    from: dayOf(search.get('from')) ?? null,
    to: dayOf(search.get('to')) ?? null,
  }
  const page = await asStaff(request, 'invoice:read', async (ctx, { tenant: { timeZone }, can }) => ({
    list: await listDeliveries(
      ctx,
      {
        ...filter,
        from: filter.from ? startOfDay(filter.from, timeZone) : null,
        before: filter.to ? startOfDay(addDays(filter.to, 1), timeZone) : null,
      },
      { cursor: search.get('cursor'), limit: 50 },
    ),
    maySend: can('invoice:send'),
  }))
  return { ...page, filter, title: await pageTitle(request, 'delivery', 'title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, SendForm)
  if (!form.ok) return data({ problem: 'bad-address' as const }, { status: 422 })
  const { invoiceId, sendTo } = form.value
  const { pathname, search } = new URL(request.url)
  return data({ problem: await sendAgain(request, { invoiceId, email: sendTo, path: pathname + search }) }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Deliveries() {
  const { list, filter, maySend } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('delivery')
  const isFiltered = Object.values(filter).some(Boolean)
  return (
    <>
      <PageHeader title={t('title')} below={t('listLead')} />
      <div className="flex flex-col gap-4">
        {answer ? <Notice tone="critical">{t(`problem.${answer.problem}`)}</Notice> : null}
        <DeliveryFilters />
        <Card isFlush>
          <DeliveryTable
            rows={list.rows}
            hasDocument
            empty={isFiltered ? <FilteredEmpty /> : <EmptyState title={t('none')} />}
            {...(maySend ? { deed: (row) => (row.state === 'sending' ? null : <SendAgain row={row} />) } : {})}
          />
          <CursorPaging nextCursor={list.nextCursor} />
        </Card>
      </div>
    </>
  )
}

function SendAgain({ row }: { row: { invoiceId: string; recipient: string; number: string } }) {
  const { t } = useTranslation('delivery')
  return (
    <Form method="post">
      <FormToken />
      <input type="hidden" name="invoiceId" value={row.invoiceId} />
      <input type="hidden" name="sendTo" value={row.recipient} />
      <SubmitButton look="quiet" size="small">
        {t('again')}
        <span className="sr-only">
          {' '}
          {row.number} {row.recipient}
        </span>
      </SubmitButton>
    </Form>
  )
}

function DeliveryFilters() {
  const { filter } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['delivery', 'common'])
  return (
    <FilterBar isTyped>
      <CompactSelect name="state" label={t('state')} defaultValue={filter.state ?? ''} key={`state-${filter.state}`}>
        <option value="">{t('common:filter.all')}</option>
        {states.map((state) => (
          <option key={state} value={state}>
            {t(`stateName.${state}`)}
          </option>
        ))}
      </CompactSelect>
      <CompactInput name="text" label={t('filter.text')} defaultValue={filter.text ?? ''} className="w-52" />
      <CompactInput name="from" type="date" label={t('filter.from')} defaultValue={filter.from ?? ''} />
      <CompactInput name="to" type="date" label={t('filter.to')} defaultValue={filter.to ?? ''} />
    </FilterBar>
  )
}
