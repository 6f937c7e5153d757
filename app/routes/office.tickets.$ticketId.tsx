import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { typedLink } from '#app/domain/tickets/ticket.ts'
import { listLinkChoices, readTicket } from '#app/reports/tickets/query.server.ts'
import type { LinkChoice, TicketDetail } from '#app/reports/tickets/shape.ts'
import { answerTicket } from '#app/services/tickets/answer-ticket.server.ts'
import { linkTicket } from '#app/services/tickets/link-ticket.server.ts'
import { moveTicket } from '#app/services/tickets/move-ticket.server.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { AnswerForm as Answering, TicketDeedForm as Deed, LinkForm } from '#app/ui/desk/ticket-forms.tsx'
import { TicketStateView } from '#app/ui/desk/ticket-state.tsx'
import { TicketThread } from '#app/ui/desk/ticket-thread.tsx'
import { useTicketLink, useTicketSubject } from '#app/ui/desk/use-ticket-words.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import {
  AnswerForm,
  LinkForm as LinkFields,
  newTicketKeys,
  parseTicketForm,
  shownMessage,
  TicketDeedForm,
  thingRightsOf,
} from '#app/web/desks/ticket-desk.server.ts'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const ticketId = orNotFound(isUuid(params.ticketId) ? params.ticketId : null)
  const page = await asStaff(request, 'ticket:read', async (ctx, { can }) => {
    const { messages, ...ticket } = orNotFound(await readTicket(ctx, ticketId))
    const [maySeeInvoices, mayWrite] = [can('invoice:read'), can('ticket:write')]
    const choices = mayWrite ? await listLinkChoices(ctx, thingRightsOf({ can }), ticket.accountId) : []
    return { ticket, messages: messages.map(shownMessage), maySeeInvoices, mayWrite, choices: withOwn(choices, ticket.link) }
  })
  return { ...page, messageId: newTicketKeys().messageId, title: await pageTitle(request, 'ticket', 'one') }
}

/** The choices, with what the ticket is about now wherever it stands among them. */
function withOwn(choices: readonly LinkChoice[], link: TicketDetail['link']): LinkChoice[] {
  const value = link ? `${link.kind}:${link.id}` : ''
  return link && !choices.some((choice) => choice.value === value)
    ? [{ value, kind: link.kind, name: link.name }, ...choices]
    : [...choices]
}

/** Closes the ticket, opens it again, or says what it is about. */
async function deedOf(request: Request, ticketId: string): Promise<{ toast: string } | { fields: Record<string, string> }> {
  const linking = await parseForm(request.clone(), LinkFields)
  if (linking.ok) {
    const link = typedLink(linking.value.about ?? '') ?? null
    const linked = await asStaff(request, 'ticket:write', (ctx) => linkTicket(ctx, { ticketId, link }))
    if (!linked.ok && linked.error === 'thing-not-found') return { fields: { about: 'not-offered' } }
    orNotFound(linked.ok ? linked : null)
    return { toast: 'saved' }
  }
  const deed = await parseForm(request, TicketDeedForm)
  if (!deed.ok) return { fields: { ...deed.error } }
  const moved = await asStaff(request, 'ticket:write', (ctx) => moveTicket(ctx, { ticketId, ...deed.value }))
  orNotFound(moved.ok ? moved : null)
  return { toast: `ticket.${deed.value.deed}` }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const ticketId = orNotFound(isUuid(params.ticketId) ? params.ticketId : null)
  const path = `/office/tickets/${ticketId}`
  await staffOf(request, 'ticket:write')
  if (!request.headers.get('content-type')?.startsWith('multipart/')) {
    const done = await deedOf(request, ticketId)
    return 'toast' in done ? redirectWithToast(request, path, done.toast) : data({ ...done, values: {} }, { status: 422 })
  }
  const form = await parseTicketForm(request, AnswerForm)
  if (!form.ok) return data({ fields: form.fields, values: form.values }, { status: 422 })
  const { messageId, body, isInternal } = form.value
  const answered = await asStaff(request, 'ticket:write', (ctx, { session }) =>
    answerTicket(ctx, {
      ticketId,
      messageId,
      body,
      files: form.files,
      isInternal: isInternal === 'on',
      authorName: session.user.name,
      side: 'staff',
    }),
  )
  orNotFound(answered.ok ? answered : null)
  return redirectWithToast(request, path, isInternal === 'on' ? 'saved' : 'ticket.sent')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Ticket() {
  const { ticket, messages, maySeeInvoices, mayWrite, choices, messageId } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('ticket')
  const subjectOf = useTicketSubject()
  const { accountId, accountName, state } = ticket
  const isClosed = state === 'closed'
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), to: '/office/tickets' }]}
        title={<bdi>{subjectOf(ticket)}</bdi>}
        beside={<TicketStateView state={state} isOffice />}
        below={<PublicId id={ticket.publicId} isShort />}
        actions={mayWrite ? <Deed isClosed={isClosed} /> : undefined}
        facts={[
          { label: t('number'), value: `#${ticket.number}` },
          { label: t('account'), value: <TextLink to={`/office/accounts/${accountId}`}>{accountName}</TextLink> },
          { label: t('opened'), value: <DateTime instant={ticket.openedAt} /> },
          ...(ticket.link ? [{ label: t('about'), value: <About link={ticket.link} maySeeInvoices={maySeeInvoices} /> }] : []),
        ]}
      />
      <div className="grid gap-6">
        <TicketThread messages={messages} base="/office/tickets" />
        {mayWrite ? <Answering messageId={messageId} isClosed={isClosed} isOffice answer={answer} /> : null}
        {mayWrite && choices.length > 0 ? (
          <LinkForm choices={choices} value={ticket.link ? `${ticket.link.kind}:${ticket.link.id}` : ''} answer={answer} />
        ) : null}
      </div>
    </>
  )
}

/** What the ticket is about; an invoice leads to its page, servers and orders stand on that of the account. */
function About({ link, maySeeInvoices }: { link: NonNullable<TicketDetail['link']>; maySeeInvoices: boolean }) {
  const words = useTicketLink()(link)
  return link.kind === 'invoice' && maySeeInvoices ? <TextLink to={`/office/invoices/${link.id}`}>{words}</TextLink> : words
}
