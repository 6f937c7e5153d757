import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { countOpenEntries } from '#app/reports/bank-statements/query.server.ts'
import { acceptEntry } from '#app/services/reconciliation/accept-entry.server.ts'
import { acceptSureMatches, suggestMatches } from '#app/services/reconciliation/suggest-matches.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { usePaymentProblem } from '#app/ui/payments/use-payment-problem.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { EntryCard } from './entry-card.tsx'
import { queueCursor, readQueueCursor, readShares } from './queue-form.ts'

const pageSize = 20
const MatchForm = z.object({
  deed: z.enum(['accept', 'accept-sure']),
  entryId: uuid.optional(),
  accountId: uuid.optional(),
  expectedPaymentId: uuid.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  shares: z.string().max(20_000).optional(),
})

export async function loader({ request }: LoaderFunctionArgs) {
  const after = readQueueCursor(filterOf(request).get('cursor'))
  const page = await asStaff(request, 'payment:read', async (ctx, { can }) => ({
    items: await suggestMatches(ctx, { after, limit: pageSize + 1 }),
    open: await countOpenEntries(ctx),
    mayWrite: can('payment:write'),
  }))
  const items = page.items.slice(0, pageSize)
  const last = items.at(-1)?.entry
  const nextCursor = page.items.length > pageSize && last ? queueCursor(last) : null
  return { ...page, items, nextCursor, title: await pageTitle(request, 'payment', 'matching.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, MatchForm)
  if (!form.ok) return data({ problem: 'other' }, { status: 422 })
  const { deed, entryId, accountId, expectedPaymentId = null, currency, shares: typed = '' } = form.value
  const shares = currency ? readShares(typed, currency) : undefined
  if (deed === 'accept' && !(entryId && accountId && shares)) return data({ problem: 'other' }, { status: 422 })
  const result = await asStaff(request, 'payment:write', async (ctx) =>
    deed === 'accept-sure' || !(entryId && accountId && shares)
      ? await acceptSureMatches(ctx)
      : await acceptEntry(ctx, { entryId, accountId, expectedPaymentId, shares }),
  )
  if (!result.ok) return data({ problem: result.error }, { status: 409 })
  return redirectWithToast(request, '/office/bank-statements/matching', 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Matching() {
  const { items, open, mayWrite, nextCursor } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('payment')
  const problem = usePaymentProblem(answer)
  const sure = items.filter(({ suggestions }) => suggestions.some(({ isSure }) => isSure)).length
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('bank.title'), to: '/office/bank-statements' }]}
        title={t('matching.title')}
        below={t('matching.lead', { count: open })}
        actions={
          mayWrite && sure > 0 ? (
            <Form method="post">
              <FormToken />
              <SubmitButton name="deed" value="accept-sure" size="small" className="h-9">
                {t('matching.acceptSure')}
              </SubmitButton>
            </Form>
          ) : null
        }
      />
      <div className="grid gap-4">
        {problem ? <Notice tone="critical">{problem}</Notice> : null}
        {items.map(({ entry, suggestions }) => (
          <EntryCard key={entry.id} entry={entry} suggestions={suggestions} mayWrite={mayWrite} />
        ))}
        {items.length === 0 ? (
          <Card isFlush>
            <EmptyState title={t('matching.none')}>{t('matching.noneText')}</EmptyState>
          </Card>
        ) : null}
        <CursorPaging nextCursor={nextCursor} />
      </div>
    </>
  )
}
