import { redirect } from '@remix-run/node'
import { Decimal } from '#app/domain/money/decimal.ts'
import { localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import { draftRevision } from '#app/services/catalog/edit-revision.server.ts'
import { addAffinity, addCatalog, addChannel, removeAffinity } from '#app/services/catalog/keep-channels.server.ts'
import { type MakeCatalogBookInput, makeCatalogBook } from '#app/services/catalog/make-catalog-book.server.ts'
import { asStaff, type StaffContext } from '#app/web/request/as-staff.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { type CatalogDeed, catalogForms } from './forms.ts'

type Refused = {
  readonly deed: CatalogDeed
  readonly fields: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, string>>
}
type Problem = { readonly deed: CatalogDeed; readonly problem: string }

/** Does what one of the page's forms asks for. A new revision leads to its own page. */
export async function saveCatalogDeed(request: Request, deed: CatalogDeed): Promise<Refused | Problem | { readonly saved: CatalogDeed }> {
  const work = await workOf(request, deed)
  if ('fields' in work) return { deed, ...work }
  const result = await asStaff(request, 'catalog:write', (ctx, { tenant }) => work.run(ctx, tenant.timeZone))
  if (!result.ok) return { deed, problem: result.error }
  const value = result.value as { revisionId?: string } | null
  if (value?.revisionId) throw redirect(`/office/catalog/revisions/${value.revisionId}`)
  return { saved: deed }
}

type Outcome = { readonly ok: true; readonly value: object | null } | { readonly ok: false; readonly error: string }
type Run = (ctx: StaffContext, zone: string) => Promise<Outcome>
type Work = { readonly run: Run } | Omit<Refused, 'deed'>

async function workOf(request: Request, deed: CatalogDeed): Promise<Work> {
  if (deed === 'catalog') return read(request, catalogForms.catalog, (form) => (ctx) => addCatalog(ctx, form))
  if (deed === 'revision') return read(request, catalogForms.revision, (form) => (ctx) => draftRevision(ctx, form))
  if (deed === 'book')
    return read(request, catalogForms.book, (form) => (ctx, zone) => makeCatalogBook(ctx, bookOf(form, { now: ctx.now, zone })))
  if (deed === 'remove-rule')
    return read(
      request,
      catalogForms['remove-rule'],
      ({ affinityId }) =>
        (ctx) =>
          removeAffinity(ctx, affinityId),
    )
  if (deed === 'rule') {
    return read(
      request,
      catalogForms.rule,
      ({ ruleCatalogId: catalogId, ruleSegment: segment, partnerLevelId, country, priority }) =>
        (ctx) =>
          addAffinity(ctx, { catalogId, segment, partnerLevelId, country, priority }),
    )
  }
  return read(request, catalogForms.channel, (form) => (ctx) => {
    const { channelCode: code, channelName: name, channelCatalogId: catalogId, channelSegment: segment, countries, currencies } = form
    return addChannel(ctx, { code, name, catalogId, segment, countries, currencies, isDefault: form.isDefault === 'on' })
  })
}

type BookForm = ReturnType<(typeof catalogForms.book)['parse']>

function bookOf(form: BookForm, { now, zone }: { now: Date; zone: string }): MakeCatalogBookInput {
  const { bookCatalogId: catalogId, bookCurrency: currency, sourceBookId, percent, bookRounding: rounding, bookFrom: day } = form
  const origin = sourceBookId ? { priceBookId: sourceBookId, percent: new Decimal(percent), rounding } : null
  return { catalogId, currency, origin, day, validFrom: day === localDateOf(now, zone) ? now : startOfDay(day, zone) }
}

type Schema = (typeof catalogForms)[CatalogDeed]

async function read<S extends Schema>(request: Request, schema: S, toWork: (form: ReturnType<S['parse']>) => Run): Promise<Work> {
  const form = await parseForm(request, schema)
  if (!form.ok) return { fields: form.error, values: form.values }
  return { run: toWork(form.value as ReturnType<S['parse']>) }
}
