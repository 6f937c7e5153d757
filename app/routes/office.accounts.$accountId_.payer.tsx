import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { readPayerPage } from '#app/reports/accounts/payers.server.ts'
import { assignPayer } from '#app/services/accounts/assign-payer.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { dayOf } from '#app/web/request/filters.ts'
import { isUuid, line, uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const page = await asStaff(request, 'contract:write', async (ctx, { tenant }) => ({
    ...orNotFound(await readPayerPage(ctx, accountId)),
    today: localDateOf(ctx.now, tenant.timeZone),
  }))
  return { ...page, title: await pageTitle(request, 'statement', 'payer.title') }
}

const PayerForm = z.object({
  payer: uuid.optional(),
  from: z.string('required').refine((text) => dayOf(text) !== undefined, 'invalid'),
  reason: line(200),
})

export async function action({ request, params }: ActionFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const form = await parseForm(request, PayerForm)
  if (!form.ok) return data({ fields: form.error, values: form.values, problem: null }, { status: 422 })
  const { payer, from, reason } = form.value
  const input = { accountId, payerAccountId: payer ?? null, from, reason }
  const result = await asStaff(request, 'contract:write', (ctx) => assignPayer(ctx, input))
  if (result.ok) return redirectWithToast(request, `/office/accounts/${accountId}/payer`, 'saved')
  const problem = orNotFound(result.error === 'account-not-found' ? null : result.error)
  return data({ fields: {}, values: { payer: payer ?? '', from, reason }, problem }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Payer() {
  const { account, history } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['statement', 'office'])
  const current = history.find(({ validTo }) => validTo === null)
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.accounts'), to: '/office/accounts' },
          { label: account.name, to: `/office/accounts/${account.id}` },
        ]}
        title={t('payer.title')}
        below={t('payer.lead', { name: account.name })}
        facts={[
          {
            label: t('payer.current'),
            value: current ? (
              <TextLink to={`/office/accounts/${current.payerAccountId}`}>{current.payerName}</TextLink>
            ) : (
              t('payer.self', { name: account.name })
            ),
          },
          ...(current ? [{ label: t('payer.since'), value: <Day day={current.validFrom} /> }] : []),
        ]}
      />
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <PayerCard />
        <HistoryCard />
      </div>
    </>
  )
}

function PayerCard() {
  const { candidates, today } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('statement')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card id="change" title={t('payer.save')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        {answer?.problem ? <Notice tone="critical">{t(`payer.problem.${answer.problem}`)}</Notice> : null}
        <Select
          name="payer"
          label={t('payer.payer')}
          help={t('payer.payerHelp')}
          defaultValue={typed('payer') ?? ''}
          error={error('payer')}
        >
          <option value="">{t('payer.itself')}</option>
          {candidates.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <TextInput
          name="from"
          type="date"
          label={t('payer.from')}
          help={t('payer.fromHelp')}
          defaultValue={typed('from') ?? today}
          error={error('from')}
        />
        <TextInput
          name="reason"
          label={t('payer.reason')}
          help={t('payer.reasonHelp')}
          defaultValue={typed('reason') ?? ''}
          error={error('reason')}
        />
        <div>
          <SubmitButton>{t('payer.save')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

function HistoryCard() {
  const { history } = useLoaderData<typeof loader>()
  const { t } = useTranslation('statement')
  return (
    <Card id="history" title={t('payer.history')} isFlush>
      <Table
        caption={t('payer.history')}
        rows={history}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('payer.none')}>{t('payer.noneText')}</EmptyState>}
        columns={[
          {
            key: 'payer',
            head: t('payer.payer'),
            isPrimary: true,
            cell: ({ payerAccountId, payerName }) => (
              <TextLink to={`/office/accounts/${payerAccountId}`} isQuiet>
                {payerName}
              </TextLink>
            ),
          },
          { key: 'from', head: t('payer.from'), cell: ({ validFrom }) => <Day day={validFrom} /> },
          { key: 'until', head: t('payer.until'), cell: ({ validTo }) => (validTo ? <Day day={validTo} /> : t('payer.onGoing')) },
          { key: 'by', head: t('payer.acceptedBy'), cell: ({ acceptedBy }) => acceptedBy },
          { key: 'reason', head: t('payer.reason'), isLong: true, cell: ({ reason }) => reason },
        ]}
      />
    </Card>
  )
}
