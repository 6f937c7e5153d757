import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readTicket } from '#app/reports/tickets/query.server.ts'
import { answerTicket } from '#app/services/tickets/answer-ticket.server.ts'
import { moveTicket } from '#app/services/tickets/move-ticket.server.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { AnswerForm as Answering, TicketDeedForm as Deed } from '#app/ui/desk/ticket-forms.tsx'
import { TicketStateView } from '#app/ui/desk/ticket-state.tsx'
import { TicketThread } from '#app/ui/desk/ticket-thread.tsx'
import { useTicketLink, useTicketSubject } from '#app/ui/desk/use-ticket-words.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { AnswerForm, newTicketKeys, parseTicketForm, shownMessage, TicketDeedForm } from '#app/web/desks/ticket-desk.server.ts'
import { asCustomer, customerOf } from '#app/web/request/as-customer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** Where the things are shown that a ticket is about, and who may see them. */
const places = { server: '/panel/servers', invoice: '/panel/invoices', order: '/order' } as const
const rights = { server: 'server:read', invoice: 'invoice:read', order: 'order:read' } as const

export async function loader({ request, params }: LoaderFunctionArgs) {
  const ticketId = orNotFound(isUuid(params.ticketId) ? params.ticketId : null)
  const page = await asCustomer(request, 'ticket:read', async (ctx, { can }) => {
    const { messages, ...ticket } = orNotFound(await readTicket(ctx, ticketId))
    const maySee = ticket.link !== null && can(rights[ticket.link.kind])
    return { ticket, messages: messages.map(shownMessage), maySee, mayWrite: can('ticket:write') }
  })
  return { ...page, messageId: newTicketKeys().messageId, title: await pageTitle(request, 'ticket', 'one') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const ticketId = orNotFound(isUuid(params.ticketId) ? params.ticketId : null)
  const path = `/panel/tickets/${ticketId}`
  await customerOf(request, 'ticket:write')
  if (!request.headers.get('content-type')?.startsWith('multipart/')) {
    const deed = await parseForm(request, TicketDeedForm)
    if (!deed.ok) return data({ fields: deed.error, values: deed.values }, { status: 422 })
    const moved = await asCustomer(request, 'ticket:write', (ctx) => moveTicket(ctx, { ticketId, ...deed.value }))
    orNotFound(moved.ok ? moved : null)
    return redirectWithToast(request, path, `ticket.${deed.value.deed}`)
  }
  const form = await parseTicketForm(request, AnswerForm)
  if (!form.ok) return data({ fields: form.fields, values: form.values }, { status: 422 })
  const { messageId, body } = form.value
  const answered = await asCustomer(request, 'ticket:write', (ctx, { session }) =>
    answerTicket(ctx, { ticketId, messageId, body, files: form.files, isInternal: false, authorName: session.user.name, side: 'customer' }),
  )
  orNotFound(answered.ok ? answered : null)
  return redirectWithToast(request, path, 'ticket.sent')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Ticket() {
  const { ticket, messages, maySee, mayWrite, messageId } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('ticket')
  const subjectOf = useTicketSubject()
  const linkOf = useTicketLink()
  const { link, state } = ticket
  const isClosed = state === 'closed'
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), to: '/panel/tickets' }]}
        title={<bdi>{subjectOf(ticket)}</bdi>}
        beside={<TicketStateView state={state} />}
        below={<PublicId id={ticket.publicId} isShort />}
        actions={mayWrite ? <Deed isClosed={isClosed} /> : undefined}
        facts={[
          { label: t('number'), value: `#${ticket.number}` },
          { label: t('opened'), value: <DateTime instant={ticket.openedAt} /> },
          ...(link
            ? [
                {
                  label: t('about'),
                  value: maySee ? (
                    <TextLink to={`${places[link.kind]}/${link.id}`} isOtherArea={link.kind === 'order'}>
                      {linkOf(link)}
                    </TextLink>
                  ) : (
                    linkOf(link)
                  ),
                },
              ]
            : []),
        ]}
      />
      <div className="grid gap-6">
        <TicketThread messages={messages} base="/panel/tickets" />
        {mayWrite ? <Answering messageId={messageId} isClosed={isClosed} answer={answer} /> : null}
      </div>
    </>
  )
}
