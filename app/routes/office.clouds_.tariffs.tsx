import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { LeftTariff } from '#app/domain/usage/quota-tariffs.ts'
import { listPlans } from '#app/reports/plans/query.server.ts'
import { importQuotaTariffs } from '#app/services/pricing/import-quota-tariffs.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { MeterName } from '#app/ui/base/measured.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'

const TariffForm = z.object({
  priceBookId: uuid,
  month: z.string('required').regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'invalid'),
  hoursOfMonth: z.enum(['of-the-month', '720'], 'invalid'),
  intent: z.enum(['look', 'take']).default('look'),
})
const longestFile = 2_000_000

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'catalog:write', async (ctx) => ({
    books: (await listPlans(ctx)).books.map(({ id, name, currency }) => ({ id, name, currency })),
    month: ctx.now.toISOString().slice(0, 7),
  }))
  return { ...page, title: await pageTitle(request, 'office', 'tariffs.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const copy = request.clone()
  const form = await parseForm(request, TariffForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { intent, ...wanted } = form.value
  const file = (await copy.formData()).get('file')
  if (!(file instanceof File) || file.size === 0 || file.size > longestFile)
    return data({ fields: { file: 'required' }, values: wanted }, { status: 422 })
  const text = await file.text()
  const result = await asStaff(request, 'catalog:write', (ctx) => importQuotaTariffs(ctx, { ...wanted, text, isDryRun: intent === 'look' }))
  if (!result.ok) return data({ problem: result.error, values: wanted }, { status: 409 })
  const { draftId, prices, left } = result.value
  const shown = prices.map(({ unitPrice, ...price }) => ({ ...price, unitPrice: unitPrice.toFixed() }))
  return data({ draftId, prices: shown, left, values: wanted })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Tariffs() {
  const { books, month } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('office')
  const { error, typed } = useFieldErrors(answer)
  return (
    <>
      <PageHeader
        title={t('tariffs.title')}
        crumbs={[{ label: t('clouds.title'), to: '/office/clouds' }]}
        below={<span className="block max-w-prose">{t('tariffs.lead')}</span>}
      />
      <div className="grid grid-cols-1 gap-6">
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`tariffs.problem.${answer.problem}`)}</Notice> : null}
        {answer && 'prices' in answer ? <Taken {...answer} /> : null}
        <Card className="max-w-3xl">
          <Form method="post" encType="multipart/form-data" className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
            <FormToken />
            <TextInput
              name="file"
              type="file"
              accept=".json,application/json"
              label={t('tariffs.file')}
              help={t('tariffs.fileHelp')}
              required
              error={error('file')}
              className="sm:col-span-2"
            />
            <Select name="priceBookId" label={t('tariffs.book')} defaultValue={typed('priceBookId')} error={error('priceBookId')}>
              {books.map(({ id, name, currency }) => (
                <option key={id} value={id}>{`${name} · ${currency}`}</option>
              ))}
            </Select>
            <TextInput
              name="month"
              type="month"
              label={t('tariffs.month')}
              help={t('tariffs.monthHelp')}
              required
              defaultValue={typed('month') ?? month}
              error={error('month')}
            />
            <Select
              name="hoursOfMonth"
              label={t('tariffs.hours')}
              help={t('tariffs.hoursHelp')}
              defaultValue={typed('hoursOfMonth') ?? 'of-the-month'}
              className="sm:col-span-2"
            >
              <option value="of-the-month">{t('tariffs.hoursOf')}</option>
              <option value="720">{t('tariffs.hours720')}</option>
            </Select>
            <div className="flex flex-wrap gap-3 sm:col-span-2">
              <SubmitButton name="intent" value="look" look="secondary">
                {t('tariffs.look')}
              </SubmitButton>
              <SubmitButton name="intent" value="take">
                {t('tariffs.take')}
              </SubmitButton>
            </div>
          </Form>
        </Card>
      </div>
    </>
  )
}

type ShownPrice = { readonly meter: string; readonly unit: string; readonly unitPrice: string; readonly names: readonly string[] }
type TakenProps = { draftId: string | null; prices: readonly ShownPrice[]; left: readonly LeftTariff[] }

function Taken({ draftId, prices, left }: TakenProps) {
  const { t } = useTranslation(['office', 'catalog'])
  return (
    <>
      <Notice tone={left.length > 0 ? 'warning' : 'positive'}>
        {t(draftId ? 'tariffs.taken' : 'tariffs.wouldTake', { count: prices.length })}{' '}
        {draftId ? <TextLink to={`/office/pricing/plans/${draftId}`}>{t('tariffs.toDraft')}</TextLink> : null}
      </Notice>
      <Card isFlush title={t('tariffs.prices')}>
        <Table
          caption={t('tariffs.prices')}
          rows={prices}
          rowKey={({ meter }) => meter}
          columns={[
            { key: 'meter', head: t('usage.meter'), isPrimary: true, cell: ({ meter }) => <MeterName meter={meter} /> },
            { key: 'tariff', head: t('tariffs.tariff'), cell: ({ names }) => <bdi>{names.join(' + ')}</bdi> },
            { key: 'unit', head: t('catalog:meters.unit'), cell: ({ unit }) => t(`catalog:meters.units.${unit as 'hour'}`) },
            { key: 'price', head: t('tariffs.price'), isNumber: true, cell: ({ unitPrice }) => <bdi dir="ltr">{unitPrice}</bdi> },
          ]}
        />
      </Card>
      {left.length > 0 ? (
        <Card isFlush title={t('tariffs.left')}>
          <Table
            caption={t('tariffs.left')}
            rows={left.map((tariff, place) => ({ ...tariff, key: String(place) }))}
            rowKey={({ key }) => key}
            columns={[
              { key: 'name', head: t('tariffs.tariff'), isPrimary: true, cell: ({ name }) => <bdi>{name}</bdi> },
              { key: 'type', head: t('quarantine.type'), cell: ({ usageType }) => <bdi dir="ltr">{usageType}</bdi> },
              { key: 'why', head: t('quarantine.why'), cell: ({ problem }) => t(`tariffs.reason.${problem}`) },
            ]}
          />
        </Card>
      ) : null}
    </>
  )
}
