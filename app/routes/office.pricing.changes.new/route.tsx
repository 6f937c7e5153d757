import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { addDays, localDateOf } from '#app/domain/time/local-date.ts'
import { readPriceOptions } from '#app/reports/price-changes/query.server.ts'
import type { PriceMove, PriceOptions } from '#app/reports/price-changes/shape.ts'
import { type BookChange, changePrices } from '#app/services/pricing/change-prices.server.ts'
import { previewPriceChange } from '#app/services/pricing/preview-price-change.server.ts'
import { Notice } from '#app/ui/base/notice.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { readChange, toInput } from './change-form.ts'
import { ChangeFormCard } from './change-form-card.tsx'
import { PreviewCards } from './preview-cards.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const isAsked = search.has('method')
  const change = readChange(search)
  const page = await asStaff(request, 'catalog:write', async (ctx, { tenant }) => {
    const options = await readPriceOptions(ctx)
    const firstDay = addDays(localDateOf(ctx.now, tenant.timeZone), 1)
    if (!change.ok) return { options, firstDay, preview: undefined }
    const preview = await previewPriceChange(ctx, toInput(change.value, tenant.timeZone))
    return { options, firstDay, preview: preview.ok ? { ...preview.value, books: movesOf(preview.value.books, options) } : preview.error }
  })
  const fields = isAsked && !change.ok ? change.fields : {}
  return { ...page, fields, query: search.toString(), title: await pageTitle(request, 'pricing', 'changes.new') }
}

/** The prices that move, as the page shows them: at most this many. */
const shown = 300

function movesOf(books: readonly BookChange[], options: PriceOptions): { moves: PriceMove[]; count: number } {
  const moves = books.flatMap(({ version, rules }) =>
    rules.map(({ former, next }) => ({
      key: former.id,
      bookName: options.books.find(({ id }) => id === version.priceBookId)?.name ?? '',
      currency: version.currency,
      feeKind: former.feeKind,
      product: options.products.find(({ id }) => id === former.productId)?.name ?? null,
      meter: former.meter,
      unit: former.unit,
      model: former.model.kind,
      former: former.unitPrice.toFixed(),
      next: next.unitPrice.toFixed(),
      formerCap: former.cap?.toFixed() ?? null,
      nextCap: next.cap?.toFixed() ?? null,
    })),
  )
  return { moves: moves.slice(0, shown), count: moves.length }
}

const PublishForm = z.object({ query: z.string('required').max(8_000, 'too-long') })

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, PublishForm)
  const change = readChange(new URLSearchParams(form.ok ? form.value.query : ''))
  if (!form.ok || !change.ok) return data({ problem: 'invalid' as const }, { status: 422 })
  const result = await asStaff(request, 'catalog:write', (ctx, { tenant }) => changePrices(ctx, toInput(change.value, tenant.timeZone)))
  if (!result.ok) return data({ problem: result.error }, { status: 409 })
  return redirectWithToast(request, '/office/pricing/changes', 'prices.changed')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function NewPriceChange() {
  const { options, firstDay, preview, fields, query } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('pricing')
  const problem = answer?.problem ?? (typeof preview === 'string' ? preview : undefined)
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('changes.title'), to: '/office/pricing/changes' }]}
        title={t('changes.new')}
        below={t('changes.newLead')}
      />
      <div className="grid gap-6">
        {problem ? <Notice tone="critical">{t(`changes.problem.${problem}`)}</Notice> : null}
        <ChangeFormCard options={options} query={query} fields={fields} firstDay={firstDay} />
        {preview && typeof preview !== 'string' ? <PreviewCards preview={preview} query={query} /> : null}
      </div>
    </>
  )
}
