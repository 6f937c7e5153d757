import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readEntryDetail } from '#app/reports/ledger/entry.server.ts'
import type { EntryDetail } from '#app/reports/ledger/shape.ts'
import { reverseEntry } from '#app/services/ledger/reverse-entry.server.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { BuyerLink, DocumentLink } from '#app/ui/payments/ledger-parts.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid, line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { EntryPostings } from './entry-postings.tsx'
import { ReverseCard } from './reverse-card.tsx'

const ReverseForm = z.object({ reason: line(200) })

export async function loader({ request, params }: LoaderFunctionArgs) {
  const entryId = orNotFound(isUuid(params.entryId) ? params.entryId : null)
  const page = await asStaff(request, 'ledger:read', async (ctx, { can }) => ({
    entry: orNotFound(await readEntryDetail(ctx, entryId)),
    mayReverse: can('ledger:write'),
  }))
  return { ...page, title: await pageTitle(request, 'ledger', 'title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const entryId = orNotFound(isUuid(params.entryId) ? params.entryId : null)
  const form = await parseForm(request, ReverseForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })

  const reversed = await asStaff(request, 'ledger:write', (ctx) => reverseEntry(ctx, { entryId, reason: form.value.reason }))
  if (reversed.ok) return redirectWithToast(request, `/office/ledger/entries/${entryId}`, 'ledger.reversed')
  if (reversed.error === 'entry-not-found') orNotFound(null)
  return data({ problem: reversed.error, values: form.value }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function EntryPage() {
  const { entry, mayReverse } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('ledger')
  const format = useFormat()
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('tabs.journal'), to: '/office/ledger/journal' }]}
        title={<span suppressHydrationWarning>{t('entry.title', { date: format.day(entry.bookedOn) })}</span>}
        beside={<span className="text-muted">{t(`entryKind.${entry.kind}`)}</span>}
        below={<PublicId id={entry.id} isShort />}
        facts={factsOf(entry, t)}
      />
      <Relatives entry={entry} />
      {answer && 'problem' in answer ? (
        <div className="mb-6">
          <Notice tone="critical" title={t(`problem.${answer.problem}`)} />
        </div>
      ) : null}
      <EntryPostings postings={entry.postings} />
      {mayReverse ? <ReverseCard entry={entry} answer={answer} /> : null}
    </>
  )
}

function factsOf(entry: EntryDetail, t: ReturnType<typeof useTranslation<'ledger'>>['t']) {
  return [
    { label: t('document'), value: <DocumentLink invoiceId={entry.invoiceId} number={entry.document} /> },
    { label: t('buyer'), value: <BuyerLink accountId={entry.accountId} name={entry.buyerName} /> },
    { label: t('entry.created'), value: <DateTime instant={entry.createdAt} /> },
    { label: t('entry.source'), value: <PublicId id={entry.sourceKey} hasCopy={false} /> },
    ...(entry.reason ? [{ label: t('entry.reason'), value: entry.reason }] : []),
  ]
}

/** The entry that this one takes back, or that takes this one back. */
function Relatives({ entry }: { entry: EntryDetail }) {
  const { t } = useTranslation('ledger')
  const other = entry.reversesId ?? entry.reversedById
  if (!other) return null
  return (
    <div className="mb-6">
      <Notice
        tone="info"
        title={t(entry.reversesId ? 'entry.reverses' : 'entry.reversed')}
        action={<TextLink to={`/office/ledger/entries/${other}`}>{t('entry.open')}</TextLink>}
      />
    </div>
  )
}
