import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { listSellBooks, readMarginGrid } from '#app/reports/margins/query.server.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { CompactInput, CompactSelect } from '#app/ui/compact-field.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Pagination } from '#app/ui/pagination.tsx'
import { useFieldErrors } from '#app/ui/use-field-errors.ts'
import { asStaff } from '#app/web/as-staff.server.ts'
import { filterOf } from '#app/web/filters.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { orNotFound, refuse } from '#app/web/refuse.server.ts'
import { BookForm, FileForm, RuleForm, RuleTable, SettingFields } from './deed-forms.tsx'
import { EffectCard } from './effect-card.tsx'
import { FaultList } from './fault-list.tsx'
import { marginDeedOf } from './forms.ts'
import { GridTable } from './grid-table.tsx'
import { saveMarginDeed } from './save.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const filter = filterOf(request)
  const page = await asStaff(request, 'catalog:read', async (ctx, { can, tenant }) => {
    const books = await listSellBooks(ctx)
    const book = orNotFound(books.find(({ id }) => id === filter.get('book')) ?? books[0])
    const search = filter.get('search')
    const number = Math.max(1, Number(filter.get('page')) || 1)
    return {
      books,
      search,
      grid: orNotFound(await readMarginGrid(ctx, { priceBookId: book.id, at: ctx.now, search, withFree: false, page: number })),
      today: localDateOf(ctx.now, tenant.timeZone),
      mayWrite: can('catalog:write'),
    }
  })
  return { ...page, title: await pageTitle(request, 'catalog', 'margins.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const deed = marginDeedOf(request)
  const book = new URL(request.url).searchParams.get('book')
  if (!deed || !book) throw refuse(404, 'not-found')
  const answer = await saveMarginDeed(request, deed, book)
  const status = 'fields' in answer ? 422 : 'problem' in answer ? 409 : 200
  return data(answer, { status })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Margins() {
  const { books, search, grid, today, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('catalog')
  const state = useFieldErrors(answer && 'fields' in answer ? answer : undefined)
  const { book } = grid
  const common = { book: book.id, today, state }
  return (
    <>
      <PageHeader
        title={t('margins.title')}
        below={t('margins.lead')}
        actions={
          <>
            <ButtonLink to={`/office/pricing/margins/file?book=${book.id}&format=csv`} look="secondary" isOtherArea>
              CSV
            </ButtonLink>
            <ButtonLink to={`/office/pricing/margins/file?book=${book.id}&format=xlsx`} look="secondary" isOtherArea>
              XLSX
            </ButtonLink>
          </>
        }
      />
      <FilterBar isTyped>
        <CompactSelect label={t('margins.book')} name="book" defaultValue={book.id}>
          {books.map(({ id, name, currency }) => (
            <option key={id} value={id}>
              {name} · {currency}
            </option>
          ))}
        </CompactSelect>
        <CompactInput label={t('margins.search')} name="search" defaultValue={search ?? ''} />
      </FilterBar>
      <div className="mt-4 grid grid-cols-1 gap-4">
        {answer && 'saved' in answer ? <Notice tone="positive">{t('margins.saved')}</Notice> : null}
        {answer && 'problem' in answer ? <FaultList problem={answer.problem} faults={answer.faults} /> : null}
        {answer && 'effect' in answer ? <EffectCard effect={answer.effect} /> : null}
        <Card isFlush>
          <BookForm deed="prices" book={book.id}>
            <GridTable grid={grid} mayWrite={mayWrite} />
            {mayWrite ? (
              <div className="border-t border-border p-5">
                <SettingFields prefix="" today={today} state={state} submit={t('margins.setPrices')} />
              </div>
            ) : null}
          </BookForm>
        </Card>
        <Pagination page={grid.page} pageSize={grid.pageSize} total={grid.total} />
        <Card isFlush title={t('margins.rules')} aside={t('margins.rulesAside')}>
          <RuleTable rules={grid.rules} book={book.id} mayWrite={mayWrite} />
        </Card>
        {mayWrite ? (
          <>
            <Card title={t('margins.newRule')}>
              <RuleForm grid={grid} state={state} />
            </Card>
            <Card title={t('margins.apply')} aside={t('margins.applyAside')}>
              <BookForm deed="apply" book={book.id}>
                <SettingFields prefix="apply" today={today} state={state} submit={t('margins.applyNow')} />
              </BookForm>
            </Card>
            <Card title={t('margins.fileTitle')}>
              <FileForm {...common} />
            </Card>
          </>
        ) : null}
      </div>
    </>
  )
}
