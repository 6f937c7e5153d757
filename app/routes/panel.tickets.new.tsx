import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { typedLink } from '#app/domain/tickets/ticket.ts'
import { listLinkChoices } from '#app/reports/tickets/query.server.ts'
import { openTicket } from '#app/services/tickets/open-ticket.server.ts'
import { NewTicketForm as TicketForm } from '#app/ui/desk/ticket-forms.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { NewTicketForm, newTicketKeys, parseTicketForm, thingRightsOf } from '#app/web/desks/ticket-desk.server.ts'
import { asCustomer, customerOf } from '#app/web/request/as-customer.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asCustomer(request, 'ticket:write', async (ctx, customer) => ({
    choices: await listLinkChoices(ctx, thingRightsOf(customer)),
    // Who sees some projects only asks about what is in them: everybody else would not see who reads along.
    isBound: customer.membership.projectIds !== null,
  }))
  const about = filterOf(request).get('about') ?? ''
  const chosen = page.choices.find(({ value }) => value === about)?.value
  return { ...page, chosen, keys: newTicketKeys(), title: await pageTitle(request, 'ticket', 'new') }
}

export async function action({ request }: ActionFunctionArgs) {
  await customerOf(request, 'ticket:write')
  const form = await parseTicketForm(request, NewTicketForm)
  if (!form.ok) return data({ fields: form.fields, values: form.values }, { status: 422 })
  const { about = '', ...written } = form.value
  const opened = await asCustomer(request, 'ticket:write', async (ctx, customer) => {
    const { membership, accountId, session } = customer
    const link = typedLink(about) ?? null
    const isOffered = link ? (await listLinkChoices(ctx, thingRightsOf(customer))).some(({ value }) => value === about) : true
    if (!isOffered || (!link && membership.projectIds !== null)) return { ok: false as const, error: 'thing-not-found' as const }
    const others = membership.accountIds.filter((id) => id !== accountId)
    const author = { side: 'customer', authorName: session.user.name } as const
    return openTicket(ctx, { ...written, ...author, accountIds: [accountId, ...others], link, files: form.files })
  })
  if (opened.ok) return redirectWithToast(request, `/panel/tickets/${opened.value}`, 'ticket.sent')
  const fields: Record<string, string> = opened.error === 'thing-not-found' ? { about: 'not-offered' } : { subject: opened.error }
  return data({ fields, values: { subject: written.subject, body: written.body, about } }, { status: 422 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function NewTicket() {
  const { choices, chosen, isBound, keys } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('ticket')
  return (
    <>
      <PageHeader crumbs={[{ label: t('title'), to: '/panel/tickets' }]} title={t('new')} below={t('newLead')} />
      <TicketForm keys={keys} choices={choices} chosen={chosen} isBound={isBound} answer={answer} />
    </>
  )
}
