import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { addDays, localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import { migrationPlans, migrationVersions } from '#app/reports/plan-migrations/query.server.ts'
import { createMigration } from '#app/services/migrations/create-migration.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'

const timings = ['renewal', 'date', 'now'] as const

const MigrationForm = z.object({
  name: line(120),
  from: uuid,
  fromVersion: uuid.optional(),
  to: uuid,
  toVersion: uuid.optional(),
  applies: z.enum(timings),
  on: z.iso.date('invalid').optional(),
})

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'catalog:write', async (ctx, { tenant }) => ({
    plans: await migrationPlans(ctx),
    versions: await migrationVersions(ctx),
    firstDay: addDays(localDateOf(ctx.now, tenant.timeZone), 1),
  }))
  return { ...page, title: await pageTitle(request, 'pricing', 'migrations.new') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, MigrationForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { name, from, fromVersion, to, toVersion, applies, on } = form.value
  const result = await asStaff(request, 'catalog:write', (ctx, { tenant }) =>
    createMigration(ctx, {
      name,
      fromProductId: from,
      fromPriceVersionId: fromVersion ?? null,
      toProductId: to,
      toPriceVersionId: toVersion ?? null,
      applies,
      effectiveAt: applies === 'date' && on ? startOfDay(on, tenant.timeZone) : null,
    }),
  )
  if (!result.ok) return data({ problem: result.error, values: { ...form.value } }, { status: 409 })
  return redirect(`/office/pricing/migrations/${result.value.migrationId}`)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function NewMigration() {
  const { plans, versions, firstDay } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t, i18n } = useTranslation('pricing')
  const { error, typed } = useFieldErrors(answer && 'values' in answer ? answer : undefined)
  const planOptions = plans.map(({ id, name, subscribers }) => (
    <option key={id} value={id}>
      {t('migrations.planOption', { plan: name[i18n.language] ?? name.en, count: subscribers })}
    </option>
  ))
  const versionOptions = versions.map(({ id, bookName, number }) => (
    <option key={id} value={id}>
      {bookName} {number}
    </option>
  ))
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('migrations.title'), to: '/office/pricing/migrations' }]}
        title={t('migrations.new')}
        below={t('migrations.newLead')}
      />
      {answer && 'problem' in answer ? (
        <div className="mb-4">
          <Notice tone="critical">{t(`migrations.problem.${answer.problem}`)}</Notice>
        </div>
      ) : null}
      <Card className="max-w-3xl">
        <Form method="post" className="grid gap-5 sm:grid-cols-2">
          <FormToken />
          <TextInput
            name="name"
            label={t('migrations.name')}
            help={t('migrations.nameHelp')}
            defaultValue={typed('name')}
            error={error('name')}
            required
            maxLength={120}
            className="sm:col-span-2"
          />
          <Select name="from" label={t('migrations.from')} defaultValue={typed('from')} error={error('from')}>
            {planOptions}
          </Select>
          <Select name="to" label={t('migrations.to')} defaultValue={typed('to')} error={error('to')}>
            {planOptions}
          </Select>
          <Select
            name="fromVersion"
            label={t('migrations.fromVersion')}
            help={t('migrations.fromVersionHelp')}
            defaultValue={typed('fromVersion')}
          >
            <option value="">{t('migrations.anyVersion')}</option>
            {versionOptions}
          </Select>
          <Select name="toVersion" label={t('migrations.toVersion')} help={t('migrations.toVersionHelp')} defaultValue={typed('toVersion')}>
            <option value="">{t('migrations.newest')}</option>
            {versionOptions}
          </Select>
          <Select name="applies" label={t('migrations.applies')} defaultValue={typed('applies')} error={error('applies')}>
            {timings.map((timing) => (
              <option key={timing} value={timing}>
                {t(`migrations.timing.${timing}`)}
              </option>
            ))}
          </Select>
          <TextInput
            name="on"
            type="date"
            label={t('migrations.on')}
            help={t('migrations.onHelp')}
            min={firstDay}
            defaultValue={typed('on')}
            error={error('on')}
          />
          <div className="sm:col-span-2">
            <SubmitButton>{t('migrations.create')}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  )
}
