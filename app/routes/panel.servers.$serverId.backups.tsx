import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useOutletContext } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { monthPrice } from '#app/domain/cloud/month-price.ts'
import { readSurroundings } from '#app/reports/cloud-things/query.server.ts'
import type { ServerDetail } from '#app/reports/servers/shape.ts'
import { setBackupSchedule } from '#app/services/clouds/set-backup-schedule.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { ThingTable } from '#app/ui/cloud/thing-table.tsx'
import { ConfirmedDeed } from '#app/ui/forms/confirmed-deed.tsx'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/forms/deed-form.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import {
  answerDeed,
  cloudWith,
  type DeedAnswer,
  deedNamed,
  hourPriceFor,
  newFormKey,
  refusedForm,
} from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid, line, uuid } from '#app/web/request/form-fields.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  await cloudWith(request, 'backups')
  const serverId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => ({
    around: orNotFound(await readSurroundings(ctx, serverId)),
    mayWrite: can('server:write'),
  }))
  const { location, accountId } = page.around
  return { ...page, price: await hourPriceFor(request, { meter: 'backup', location, accountId }), formKey: newFormKey() }
}

const TakeForm = z.object({ formKey: line(60), name: line(60) })
const RowForm = z.object({ formKey: line(60), backupId: uuid })
const ScheduleForm = z.object({
  every: z.enum(['never', 'day', 'week'], 'invalid'),
  hour: z.coerce.number('invalid').int('invalid').min(0, 'invalid').max(23, 'invalid'),
  keep: z.coerce.number('invalid').int('invalid').min(1, 'keep-range').max(30, 'keep-range'),
})

export async function action({ request, params }: ActionFunctionArgs) {
  const serverId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  await cloudWith(request, 'backups')
  const to = () => `/panel/servers/${serverId}/backups`
  if (new URL(request.url).searchParams.get('deed') === 'schedule') return schedule(request, serverId)
  const kind = deedNamed(request, ['take-backup', 'restore-backup', 'delete-backup'])
  if (kind === 'take-backup') {
    const form = await parseForm(request, TakeForm)
    if (!form.ok) return refusedForm(form.error, form.values)
    const { name, formKey } = form.value
    return answerDeed(request, {
      wish: { deed: { kind, serverId, name, isScheduled: false }, subjectId: null, formKey },
      to,
      values: { name },
    })
  }
  const form = await parseForm(request, RowForm)
  if (!form.ok) return refusedForm(form.error, form.values)
  const { backupId, formKey } = form.value
  const wish =
    kind === 'delete-backup'
      ? { deed: { kind } as const, subjectId: backupId, formKey }
      : { deed: { kind, backupId } as const, subjectId: serverId, formKey }
  return answerDeed(request, { wish, to })
}

async function schedule(request: Request, serverId: string) {
  const form = await parseForm(request, ScheduleForm)
  if (!form.ok) return refusedForm(form.error, form.values)
  const { every, hour, keep } = form.value
  const { timeZone: zone } = await tenantOf(request)
  const wanted = every === 'never' ? null : { every, hour, keep }
  const set = await asCustomer(request, 'server:write', (ctx) => setBackupSchedule(ctx, { serverId, schedule: wanted, zone }))
  if (!set.ok) return refusedForm({ every: set.error }, {})
  return redirectWithToast(request, `/panel/servers/${serverId}/backups`, 'saved')
}

export default function ServerBackups() {
  const { around, mayWrite, formKey } = useLoaderData<typeof loader>()
  const server = useOutletContext<ServerDetail>()
  const answer = useActionData<typeof action>() as DeedAnswer | undefined
  const { t } = useTranslation('cloud')
  const format = useFormat()
  useRefreshWhile(around.backups.some(({ state, pendingAction }) => state === 'building' || pendingAction !== null))
  return (
    <>
      <DeedNotice answer={answer} last={around.problem} />
      <div className="grid gap-6">
        <Card id="backups" title={t('tabs.backups')} isFlush>
          <ThingTable
            caption={t('tabs.backups')}
            rows={around.backups}
            facts={[
              { key: 'taken', head: t('backups.taken'), cell: ({ createdAt }) => <DateTime instant={createdAt} /> },
              {
                key: 'size',
                head: t('size'),
                isNumber: true,
                cell: ({ spec }) => (spec.sizeGib === null ? '–' : t('gib', { size: format.quantity(spec.sizeGib) })),
              },
              {
                key: 'by',
                head: t('backups.by'),
                isExtra: true,
                cell: ({ spec }) => t(spec.isScheduled ? 'backups.bySchedule' : 'backups.byHand'),
              },
            ]}
            deeds={
              mayWrite
                ? (row) =>
                    row.state === 'building' || row.pendingAction !== null ? (
                      '–'
                    ) : (
                      <div className="flex flex-wrap gap-4">
                        {row.state === 'ready' && server.pendingAction === null ? (
                          <ConfirmedDeed
                            deed="restore-backup"
                            formKey={formKey}
                            fields={{ backupId: row.id }}
                            label={t('backups.restore')}
                            text={t('backups.restoreText')}
                          />
                        ) : null}
                        <ConfirmedDeed
                          deed="delete-backup"
                          formKey={formKey}
                          fields={{ backupId: row.id }}
                          label={t('backups.delete')}
                          text={t('backups.deleteText')}
                        />
                      </div>
                    )
                : undefined
            }
            empty={<EmptyState title={t('backups.none')}>{t('backups.noneText')}</EmptyState>}
          />
        </Card>
        {mayWrite ? <BackupForms diskGib={server.diskGib} /> : null}
      </div>
    </>
  )
}

function BackupForms({ diskGib }: { diskGib: number }) {
  const { around, price, formKey } = useLoaderData<typeof loader>()
  const { t } = useTranslation('cloud')
  const format = useFormat()
  const { error, typed } = useDeedErrors(useActionData<typeof action>() as DeedAnswer | undefined)
  const { schedule: known } = around
  return (
    <div className="grid items-start gap-6 xl:grid-cols-2">
      <Card id="take" title={t('backups.take')}>
        {price ? (
          <DeedForm deed="take-backup" formKey={formKey} className="grid gap-5">
            <TextInput name="name" label={t('name')} required maxLength={60} defaultValue={typed('name') ?? ''} error={error('name')} />
            <p className="text-sm text-muted" suppressHydrationWarning>
              {t('backups.priceNote', {
                price: format.rate(price.hourly, price.currency),
                most: format.money(monthPrice({ ...price, quantity: diskGib })),
              })}
            </p>
            <div>
              <SubmitButton>{t('backups.take')}</SubmitButton>
            </div>
          </DeedForm>
        ) : (
          <p className="text-sm text-muted">{t('problem.no-price')}</p>
        )}
      </Card>
      <Card id="schedule" title={t('backups.schedule')} aside={known ? <DateTime instant={known.nextAt} /> : t('backups.noSchedule')}>
        <Form method="post" action="?deed=schedule" className="grid gap-5">
          <FormToken />
          <Select name="every" label={t('backups.every')} defaultValue={typed('every') ?? known?.every ?? 'never'} error={error('every')}>
            {(['never', 'day', 'week'] as const).map((every) => (
              <option key={every} value={every}>
                {t(`backups.interval.${every}`)}
              </option>
            ))}
          </Select>
          <div className="grid gap-5 sm:grid-cols-2">
            <Select
              name="hour"
              label={t('backups.hour')}
              help={t('backups.hourHelp')}
              defaultValue={typed('hour') ?? String(known?.hour ?? 3)}
              error={error('hour')}
            >
              {Array.from({ length: 24 }, (_, hour) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the hours of a day keep their order -- the hour is the key
                <option key={hour} value={hour}>
                  {`${String(hour).padStart(2, '0')}:00`}
                </option>
              ))}
            </Select>
            <TextInput
              name="keep"
              type="number"
              label={t('backups.keep')}
              help={t('backups.keepHelp')}
              min={1}
              max={30}
              required
              defaultValue={typed('keep') ?? String(known?.keep ?? 7)}
              error={error('keep')}
            />
          </div>
          <div>
            <SubmitButton look="secondary">{t('save')}</SubmitButton>
          </div>
        </Form>
      </Card>
    </div>
  )
}
