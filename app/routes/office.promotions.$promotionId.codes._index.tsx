import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readCodes } from '#app/reports/promotions/codes.server.ts'
import type { CodeRow } from '#app/reports/promotions/shape.ts'
import { addCode, requestCodes, switchCode } from '#app/services/promotions/generate-codes.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { State } from '#app/ui/base/state.tsx'
import { Used } from '#app/ui/catalog/promotion-table.tsx'
import { usePromotionErrors } from '#app/ui/catalog/use-promotion-errors.ts'
import { CompactInput } from '#app/ui/forms/compact-field.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, idOf } from '#app/web/request/filters.ts'
import { isUuid, uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { readerOf } from '#app/web/request/reader.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

const whole = z
  .string()
  .regex(/^\d{1,9}$/, 'whole-number')
  .transform(Number)
const GenerateForm = z.object({ deed: z.literal('generate'), count: whole, maxEach: whole.optional() })
const AddForm = z.object({ deed: z.literal('add'), code: z.string('required').trim().max(60, 'too-long'), limit: whole.optional() })
const SwitchForm = z.object({ deed: z.literal('switch'), promoCodeId: uuid, state: z.enum(['active', 'disabled']) })

export async function loader({ request, params }: LoaderFunctionArgs) {
  const promotionId = orNotFound(isUuid(params.promotionId) ? params.promotionId : null)
  const search = filterOf(request)
  const part = search.get('search')?.trim().toUpperCase().slice(0, 40) ?? ''
  const reader = await readerOf(request)
  const page = await asStaff(request, 'promotion:read', async (ctx, { can }) => ({
    codes: await readCodes(ctx, { promotionId, part, afterId: idOf(search.get('cursor')) ?? null, language: reader.language }),
    mayWrite: can('promotion:write'),
  }))
  return { ...page, codes: orNotFound(page.codes), promotionId, part, title: await pageTitle(request, 'promotion', 'codes.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const promotionId = orNotFound(isUuid(params.promotionId) ? params.promotionId : null)
  const back = `/office/promotions/${promotionId}/codes`
  const turn = await parseForm(request.clone(), SwitchForm)
  if (turn.ok) {
    const { promoCodeId, state } = turn.value
    const turned = await asStaff(request, 'promotion:write', (ctx) => switchCode(ctx, { promotionId, promoCodeId, state }))
    if (!turned.ok) orNotFound(null)
    return redirectWithToast(request, back, 'promotion.saved')
  }
  const added = await parseForm(request.clone(), AddForm)
  if (added.ok) {
    const { code, limit } = added.value
    const result = await asStaff(request, 'promotion:write', (ctx) => addCode(ctx, { promotionId, code, maxRedemptions: limit || null }))
    if (result.ok) return redirectWithToast(request, back, 'promotion.saved')
    return data({ fields: { code: result.error }, values: { code } }, { status: 422 })
  }
  const form = await parseForm(request, GenerateForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { count, maxEach } = form.value
  const result = await asStaff(request, 'promotion:write', (ctx) =>
    requestCodes(ctx, { promotionId, count, maxRedemptions: maxEach || null }),
  )
  if (result.ok) return redirectWithToast(request, back, 'promotion.generating')
  return data({ fields: { count: result.error }, values: { count: String(count) } }, { status: 422 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Codes() {
  const { codes, part, promotionId, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['promotion', 'common'])
  const columns = useCodeColumns(mayWrite)
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('title'), to: '/office/promotions' },
          { label: codes.promotion, to: `/office/promotions/${promotionId}` },
        ]}
        title={t('codes.title')}
        beside={<span className="tabular text-muted">{codes.total}</span>}
        below={t('codes.lead')}
        actions={
          codes.total > 0 ? (
            <ButtonLink to={`/office/promotions/${promotionId}/codes/csv`} look="secondary" isOtherArea>
              {t('codes.csv')}
            </ButtonLink>
          ) : undefined
        }
      />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-4">
          <FilterBar isTyped>
            <CompactInput name="search" type="search" label={t('common:filter.search')} defaultValue={part} dir="ltr" />
          </FilterBar>
          <Card isFlush>
            <Table
              caption={t('codes.title')}
              rows={codes.rows}
              rowKey={({ id }) => id}
              columns={columns}
              empty={part ? <FilteredEmpty /> : <EmptyState title={t('codes.none')}>{t('codes.noneText')}</EmptyState>}
            />
            <CursorPaging nextCursor={codes.nextCursor} />
          </Card>
        </div>
        {mayWrite ? <Deeds /> : null}
      </div>
    </>
  )
}

function useCodeColumns(mayWrite: boolean): Column<CodeRow>[] {
  const { t } = useTranslation('promotion')
  const columns: Column<CodeRow>[] = [
    {
      key: 'code',
      head: t('codes.code'),
      isPrimary: true,
      cell: ({ code }) => (
        <bdi dir="ltr" className="font-mono">
          {code}
        </bdi>
      ),
    },
    {
      key: 'state',
      head: t('list.state'),
      cell: ({ state }) => <State tone={state === 'active' ? 'positive' : 'neutral'}>{t(`codes.state.${state}`)}</State>,
    },
    {
      key: 'used',
      head: t('list.used'),
      isNumber: true,
      cell: ({ redeemed, maxRedemptions }) => <Used count={redeemed} limit={maxRedemptions} />,
    },
  ]
  const deed: Column<CodeRow> = {
    key: 'deed',
    head: <span className="sr-only">{t('codes.deed')}</span>,
    isNumber: true,
    cell: (row) => <Switch row={row} />,
  }
  return mayWrite ? [...columns, deed] : columns
}

function Switch({ row }: { row: CodeRow }) {
  const { t } = useTranslation('promotion')
  const next = row.state === 'active' ? 'disabled' : 'active'
  return (
    <Form method="post">
      <FormToken />
      <input type="hidden" name="deed" value="switch" />
      <input type="hidden" name="promoCodeId" value={row.id} />
      <SubmitButton name="state" value={next} look="quiet" size="small">
        {next === 'disabled' ? t('codes.disable') : t('codes.enable')} <span className="sr-only">{row.code}</span>
      </SubmitButton>
    </Form>
  )
}

function Deeds() {
  const { t } = useTranslation(['promotion', 'common'])
  const answer = useActionData<typeof action>()
  const { error, typed } = usePromotionErrors(answer)
  const optional = t('common:optional')
  const limit = { inputMode: 'numeric', isOptional: optional, label: t('codes.limit') } as const
  return (
    <div className="grid gap-6">
      <Card id="generate" title={t('codes.generate')}>
        <Form method="post" className="grid gap-4">
          <FormToken />
          <input type="hidden" name="deed" value="generate" />
          <TextInput
            name="count"
            label={t('codes.count')}
            help={t('codes.countHelp')}
            inputMode="numeric"
            required
            defaultValue={typed('count')}
            error={error('count')}
          />
          <TextInput name="maxEach" {...limit} defaultValue={typed('maxEach') ?? '1'} error={error('maxEach')} />
          <SubmitButton>{t('codes.generateDeed')}</SubmitButton>
        </Form>
      </Card>
      <Card id="add" title={t('codes.add')}>
        <Form method="post" className="grid gap-4">
          <FormToken />
          <input type="hidden" name="deed" value="add" />
          <TextInput
            name="code"
            label={t('codes.code')}
            help={t('codes.addHelp')}
            required
            dir="ltr"
            defaultValue={typed('code')}
            error={error('code')}
          />
          <TextInput name="limit" {...limit} error={error('limit')} />
          <SubmitButton look="secondary">{t('codes.addDeed')}</SubmitButton>
        </Form>
      </Card>
    </div>
  )
}
