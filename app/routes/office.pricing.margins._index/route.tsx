import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { readKnownRate } from '#app/reports/margins/known-rate.server.ts'
import { listSellBooks, readMarginGrid } from '#app/reports/margins/query.server.ts'
import type { MarginBook } from '#app/reports/margins/shape.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { CompactInput, CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'
import { BookForm, FileForm, type FormState, RuleForm, RuleTable, SettingFields } from './deed-forms.tsx'
import { EffectCard } from './effect-card.tsx'
import { FaultList } from './fault-list.tsx'
import { marginDeedOf } from './forms.ts'
import { GridTable } from './grid-table.tsx'
import { type MarginAnswer, saveMarginDeed } from './save.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const filter = filterOf(request)
  const page = await asStaff(request, 'catalog:read', async (ctx, { can, tenant }) => {
    const books = await listSellBooks(ctx)
    const book = orNotFound(books.find(({ id }) => id === filter.get('book')) ?? books[0])
    const search = filter.get('search')
    const beside = filter.get('beside') ?? ''
    const besideIds = besideOf(books, book, beside)
    const today = localDateOf(ctx.now, tenant.timeZone)
    const grid = orNotFound(await readMarginGrid(ctx, { priceBookId: book.id, besideIds, at: ctx.now, search, page: pageOf(filter) }))
    return {
      books,
      beside,
      search,
      grid,
      today,
      knownRate: await readKnownRate(ctx, { buyCurrency: grid.buyCurrency, sellCurrency: book.currency, today }),
      mayWrite: can('catalog:write'),
      readAt: ctx.now.toISOString(),
    }
  })
  return { ...page, title: await pageTitle(request, 'catalog', 'margins.title') }
}

/** More books than these do not fit side by side. */
const mostBeside = 5

/** The books asked for beside `book`: one of them, or the first of every other currency. */
function besideOf(books: readonly MarginBook[], book: MarginBook, asked: string): string[] {
  const others = books.filter(({ id }) => id !== book.id)
  if (asked !== 'all') return others.flatMap(({ id }) => (id === asked ? [id] : []))
  const firsts = new Map(others.toReversed().map(({ id, currency }) => [currency, id]))
  firsts.delete(book.currency)
  return [...firsts.values()].toReversed().slice(0, mostBeside)
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
  const { grid, today, mayWrite, readAt } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('catalog')
  const state = useFieldErrors(
    answer && { ...('fields' in answer ? { fields: answer.fields } : {}), ...(answer.values ? { values: answer.values } : {}) },
  )
  const { book, books, buyCurrency } = grid
  return (
    <>
      <PageHeader title={t('margins.title')} below={t('margins.lead')} actions={<Downloads books={books} />} />
      <BookChoice />
      <div className="mt-4 grid grid-cols-1 gap-4">
        {buyCurrency === null ? <Notice>{t('margins.noParent')}</Notice> : null}
        {answer ? <Outcome answer={answer} books={books} /> : null}
        {/* Once set, the fields show again what is in force: prices of a later day are not that yet. */}
        <Card isFlush key={answer && 'saved' in answer ? readAt : 'open'}>
          <BookForm deed="prices" book={book.id}>
            <GridTable grid={grid} mayWrite={mayWrite} typed={state.typed} />
            {mayWrite && grid.lines.length > 0 ? (
              <div className="border-t border-border p-card">
                <SettingFields prefix="" today={today} state={state} submit={t('margins.setPrices')} />
              </div>
            ) : null}
          </BookForm>
        </Card>
        <Pagination page={grid.page} pageSize={grid.pageSize} total={grid.total} />
        {buyCurrency === null ? null : <MarkupCards state={state} />}
        {mayWrite ? (
          <Card title={t('margins.fileTitle')} aside={<BookName />}>
            <FileForm book={book.id} today={today} state={state} />
          </Card>
        ) : null}
      </div>
    </>
  )
}

/** What came of the form that was sent. */
function Outcome({ answer, books }: { answer: MarginAnswer; books: readonly MarginBook[] }) {
  const { t } = useTranslation('catalog')
  if ('saved' in answer) return <Notice tone="positive">{t('margins.saved')}</Notice>
  if ('problem' in answer) return <FaultList problem={answer.problem} faults={answer.faults} />
  if (!('effects' in answer)) return null
  return answer.effects.map(({ priceBookId, effect }) => (
    <EffectCard key={priceBookId} effect={effect} book={books.find(({ id }) => id === priceBookId)} />
  ))
}

/** Whose mark-ups and files these are, where several books stand side by side. */
function BookName() {
  const { grid } = useLoaderData<typeof loader>()
  return grid.books.length > 1 ? <bdi>{`${grid.book.name} · ${grid.book.currency}`}</bdi> : null
}

function Downloads({ books }: { books: readonly MarginBook[] }) {
  return books.flatMap(({ id, currency }) =>
    (['csv', 'xlsx'] as const).map((format) => (
      <ButtonLink
        key={`${id}-${format}`}
        to={`/office/pricing/margins/file?book=${id}&format=${format}`}
        look="secondary"
        size="small"
        isOtherArea
      >
        {`${currency} ${format.toUpperCase()}`}
      </ButtonLink>
    )),
  )
}

function BookChoice() {
  const { books, beside, search, grid } = useLoaderData<typeof loader>()
  const { t } = useTranslation('catalog')
  const others = books.filter(({ id }) => id !== grid.book.id)
  return (
    <FilterBar isTyped>
      <CompactSelect label={t('margins.book')} name="book" defaultValue={grid.book.id} key={grid.book.id}>
        {books.map(({ id, name, currency }) => (
          <option key={id} value={id}>
            {name} · {currency}
          </option>
        ))}
      </CompactSelect>
      {others.length > 0 ? (
        <CompactSelect label={t('margins.beside')} name="beside" defaultValue={beside}>
          <option value="">{t('margins.besideNone')}</option>
          <option value="all">{t('margins.besideAll')}</option>
          {others.map(({ id, name, currency }) => (
            <option key={id} value={id}>
              {name} · {currency}
            </option>
          ))}
        </CompactSelect>
      ) : null}
      <CompactInput label={t('margins.search')} name="search" defaultValue={search ?? ''} />
    </FilterBar>
  )
}

function MarkupCards({ state }: { state: FormState }) {
  const { grid, today, knownRate, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation('catalog')
  const { book } = grid
  return (
    <>
      <Card
        isFlush
        title={t('margins.rules')}
        aside={
          <>
            <BookName /> {t('margins.rulesAside')}
          </>
        }
      >
        <RuleTable rules={grid.rules} book={book.id} mayWrite={mayWrite} />
      </Card>
      {mayWrite ? (
        <>
          <Card title={t('margins.newRule')} aside={<BookName />}>
            <RuleForm grid={grid} state={state} knownRate={knownRate} />
          </Card>
          <Card title={t('margins.apply')} aside={t('margins.applyAside')}>
            <BookForm deed="apply" book={book.id}>
              <SettingFields prefix="apply" today={today} state={state} submit={t('margins.applyNow')} />
            </BookForm>
          </Card>
        </>
      ) : null}
    </>
  )
}
