import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { eventStates, listGatewayEvents } from '#app/reports/payments/exchanges.server.ts'
import { applyAgain } from '#app/services/gateways/apply-again.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { State, type Tone } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PaymentTabs } from '#app/ui/payments/payment-tabs.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, oneOf } from '#app/web/request/filters.ts'
import { uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

const AgainForm = z.object({ gatewayEventId: uuid })
const tones = { stored: 'info', applied: 'positive', ignored: 'neutral', refused: 'critical' } as const satisfies Record<string, Tone>

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const state = oneOf(eventStates, search.get('state')) ?? null
  const page = await asStaff(request, 'payment:read', async (ctx, { can }) => ({
    list: await listGatewayEvents(ctx, { state }, { cursor: search.get('cursor'), limit: 50 }),
    mayWrite: can('payment:write'),
  }))
  return { ...page, state, title: await pageTitle(request, 'payment', 'gateway.events') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, AgainForm)
  const wish = orNotFound(form.ok ? form.value : null)
  const result = await asStaff(request, 'payment:write', (ctx) => applyAgain(ctx, wish))
  orNotFound(result.ok ? true : null)
  return redirectWithToast(request, '/office/payments/events', 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function GatewayEvents() {
  const { list, state: chosen, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['payment', 'common'])
  return (
    <>
      <PageHeader title={t('payment:title')} below={t('payment:gateway.eventsLead')} />
      <PaymentTabs />
      <div className="flex flex-col gap-4">
        <FilterBar>
          <CompactSelect name="state" label={t('payment:stateHead')} defaultValue={chosen ?? ''} key={`state-${chosen}`}>
            <option value="">{t('common:filter.all')}</option>
            {(['stored', 'applied', 'ignored', 'refused'] as const).map((state) => (
              <option key={state} value={state}>
                {t(`payment:gateway.eventState.${state}`)}
              </option>
            ))}
          </CompactSelect>
        </FilterBar>
        <Card isFlush>
          <Table
            caption={t('payment:gateway.events')}
            rows={list.rows}
            rowKey={({ id }) => id}
            empty={chosen ? <FilteredEmpty /> : <EmptyState title={t('payment:gateway.noEvents')} />}
            columns={[
              { key: 'at', head: t('payment:at'), isPrimary: true, cell: ({ receivedAt }) => <DateTime instant={receivedAt} isShort /> },
              { key: 'type', head: t('payment:kind'), cell: ({ eventType }) => <bdi dir="ltr">{eventType}</bdi> },
              {
                key: 'state',
                head: t('payment:stateHead'),
                cell: ({ state, problem }) => (
                  <State tone={tones[state]}>
                    {t(`payment:gateway.eventState.${state}`)}
                    {problem ? <bdi dir="ltr"> ({problem})</bdi> : null}
                  </State>
                ),
              },
              {
                key: 'attempt',
                head: t('payment:gateway.attempt'),
                cell: ({ attemptId }) =>
                  attemptId ? <TextLink to={`/office/payments/attempts/${attemptId}`}>{t('payment:gateway.show')}</TextLink> : '–',
              },
              { key: 'gateway', head: t('payment:gateway.gateway'), isExtra: true, cell: ({ gateway }) => <bdi>{gateway}</bdi> },
              {
                key: 'again',
                head: <span className="sr-only">{t('payment:gateway.again')}</span>,
                label: t('payment:gateway.again'),
                cell: ({ id, eventId }) => (mayWrite ? <Again gatewayEventId={id} eventId={eventId} /> : null),
              },
            ]}
          />
          <CursorPaging nextCursor={list.nextCursor} />
        </Card>
      </div>
    </>
  )
}

function Again({ gatewayEventId, eventId }: { gatewayEventId: string; eventId: string }) {
  const { t } = useTranslation('payment')
  return (
    <Form method="post">
      <FormToken />
      <input type="hidden" name="gatewayEventId" value={gatewayEventId} />
      <SubmitButton look="quiet" size="small">
        {t('gateway.again')}
        <span className="sr-only"> {eventId}</span>
      </SubmitButton>
    </Form>
  )
}
