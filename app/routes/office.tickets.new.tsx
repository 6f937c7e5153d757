import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { typedLink } from '#app/domain/tickets/ticket.ts'
import { accountNameOf, listLinkChoices } from '#app/reports/tickets/query.server.ts'
import { openTicket } from '#app/services/tickets/open-ticket.server.ts'
import { NewTicketForm as TicketForm } from '#app/ui/desk/ticket-forms.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { NewTicketForm, newTicketKeys, parseTicketForm, thingRightsOf } from '#app/web/desks/ticket-desk.server.ts'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { filterOf, idOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const accountId = orNotFound(idOf(filterOf(request).get('account')) ?? null)
  const page = await asStaff(request, 'ticket:write', async (ctx, staff) => ({
    account: orNotFound(await accountNameOf(ctx, accountId)),
    choices: await listLinkChoices(ctx, thingRightsOf(staff), accountId),
  }))
  return { ...page, keys: newTicketKeys(), title: await pageTitle(request, 'ticket', 'newFor') }
}

export async function action({ request }: ActionFunctionArgs) {
  await staffOf(request, 'ticket:write')
  const accountId = orNotFound(idOf(filterOf(request).get('account')) ?? null)
  const form = await parseTicketForm(request, NewTicketForm)
  if (!form.ok) return data({ fields: form.fields, values: form.values }, { status: 422 })
  const { about = '', ...written } = form.value
  const opened = await asStaff(request, 'ticket:write', async (ctx, { session }) => {
    orNotFound(await accountNameOf(ctx, accountId))
    const author = { side: 'staff', authorName: session.user.name } as const
    return openTicket(ctx, { ...written, ...author, accountIds: [accountId], link: typedLink(about) ?? null, files: form.files })
  })
  if (opened.ok) return redirectWithToast(request, `/office/tickets/${opened.value}`, 'ticket.sent')
  const fields: Record<string, string> = opened.error === 'thing-not-found' ? { about: 'not-offered' } : { subject: opened.error }
  return data({ fields, values: { subject: written.subject, body: written.body, about } }, { status: 422 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function NewTicket() {
  const { account, choices, keys } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('ticket')
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('title'), to: '/office/tickets' },
          { label: account.name, to: `/office/accounts/${account.id}` },
        ]}
        title={t('newFor')}
      />
      <TicketForm keys={keys} choices={choices} chosen={undefined} answer={answer} />
    </>
  )
}
