import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { addDays } from '#app/domain/time/local-date.ts'
import { readPriceOptions } from '#app/reports/price-changes/query.server.ts'
import { accountOptions, withdrawnVersions } from '#app/reports/rerating/query.server.ts'
import { requestReRate } from '#app/services/rerating/request-re-rate.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { keyPart, useLabel } from '#app/ui/base/use-label.ts'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'
import { recentMonths } from '#app/web/request/months.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'

const month = z.string('required').regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'invalid')
const ReRateForm = z.object({
  reason: line(200),
  version: uuid.optional(),
  book: uuid.optional(),
  product: uuid.optional(),
  meter: line(60).optional(),
  account: uuid.optional(),
  from: month,
  through: month,
})

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'catalog:write', async (ctx, { tenant }) => ({
    options: await readPriceOptions(ctx, { withLevels: true }),
    withdrawn: await withdrawnVersions(ctx),
    accounts: await accountOptions(ctx),
    months: recentMonths(ctx.now, tenant.timeZone),
  }))
  return { ...page, title: await pageTitle(request, 'pricing', 'rerating.new') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, ReRateForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { reason, version, book, product, meter, account, from, through } = form.value
  const some = (id: string | undefined) => (id ? [id] : [])
  const scope = {
    priceBookIds: some(book),
    priceVersionIds: some(version),
    productIds: some(product),
    meters: some(meter),
    accountIds: some(account),
    from: `${from}-01`,
    through: lastDayOf(through),
  }
  const result = await asStaff(request, 'catalog:write', (ctx) => requestReRate(ctx, { scope, reason }))
  if (!result.ok) return data({ problem: result.error, values: { ...form.value } }, { status: 409 })
  return redirect(`/office/pricing/rerating/${result.value.runId}`)
}

/** Months that begin on another day than the first begin somewhere in the month. */
function lastDayOf(text: string): string {
  return addDays(`${addDays(`${text}-01`, 31).slice(0, 7)}-01`, -1)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function NewReRating() {
  const { options, withdrawn, accounts, months } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t, i18n } = useTranslation('pricing')
  const label = useLabel()
  const format = useFormat()
  const { error, typed } = useFieldErrors(answer && 'values' in answer ? answer : undefined)
  const anything = <option value="">{t('rerating.any')}</option>
  const monthOptions = months.map((text) => (
    <option key={text} value={text} suppressHydrationWarning>
      {format.month(new Date(`${text}-15T12:00:00Z`))}
    </option>
  ))
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('rerating.title'), to: '/office/pricing/rerating' }]}
        title={t('rerating.new')}
        below={t('rerating.newLead')}
      />
      <div className="mb-4 grid gap-3">
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`rerating.problem.${answer.problem}`)}</Notice> : null}
        <Notice>{t('rerating.secondPerson')}</Notice>
      </div>
      <Card className="max-w-3xl">
        <Form method="post" className="grid gap-5 sm:grid-cols-2">
          <FormToken />
          <TextInput
            name="reason"
            label={t('rerating.reason')}
            help={t('rerating.reasonHelp')}
            defaultValue={typed('reason')}
            error={error('reason')}
            required
            maxLength={200}
            className="sm:col-span-2"
          />
          <Select name="from" label={t('rerating.from')} defaultValue={typed('from') ?? months[1]} error={error('from')}>
            {monthOptions}
          </Select>
          <Select name="through" label={t('rerating.through')} defaultValue={typed('through') ?? months[0]} error={error('through')}>
            {monthOptions}
          </Select>
          <Select name="version" label={t('rerating.version')} help={t('rerating.versionHelp')} defaultValue={typed('version')}>
            {anything}
            {withdrawn.map(({ id, bookName, number }) => (
              <option key={id} value={id}>
                {bookName} {number}
              </option>
            ))}
          </Select>
          <Select name="book" label={t('rerating.book')} defaultValue={typed('book')}>
            {anything}
            {options.books.map(({ id, name, currency }) => (
              <option key={id} value={id}>
                {name} ({currency})
              </option>
            ))}
          </Select>
          <Select name="product" label={t('rerating.product')} defaultValue={typed('product')}>
            {anything}
            {options.products.map(({ id, name }) => (
              <option key={id} value={id}>
                {name[i18n.language] ?? name.en}
              </option>
            ))}
          </Select>
          <Select name="meter" label={t('rerating.meter')} defaultValue={typed('meter')}>
            {anything}
            {options.meters.map((meter) => (
              <option key={meter} value={meter}>
                {label(`document:meter.${keyPart(meter)}`, meter)}
              </option>
            ))}
          </Select>
          <Select name="account" label={t('rerating.account')} defaultValue={typed('account')} className="sm:col-span-2">
            {anything}
            {accounts.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <div className="sm:col-span-2">
            <SubmitButton>{t('rerating.dryRun')}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  )
}
