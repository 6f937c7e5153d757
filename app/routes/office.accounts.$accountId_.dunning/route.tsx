import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { holdEffects } from '#app/domain/hold/hold-effect.ts'
import { readTimeline } from '#app/reports/account-timeline/query.server.ts'
import { readStanding } from '#app/reports/dunning/standing.server.ts'
import { agreeWithAccount, endAgreementWith } from '#app/services/dunning/agree-with-account.server.ts'
import { liftHold } from '#app/services/holds/lift-hold.server.ts'
import { placeHold } from '#app/services/holds/place-hold.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff, type StaffContext } from '#app/web/request/as-staff.server.ts'
import { isUuid, line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { AgreeForm, HoldForm, StandingAgreements, StandingHolds } from './standing-cards.tsx'
import { StandingTimeline } from './standing-timeline.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const page = await asStaff(request, 'dunning:read', async (ctx, { can }) => ({
    standing: orNotFound(await readStanding(ctx, accountId)),
    timeline: await readTimeline(ctx, accountId),
    mayWrite: can('dunning:write'),
  }))
  return { ...page, accountId, title: await pageTitle(request, 'dunning', 'standing.title') }
}

const kind = z.enum(['pause', 'promise'], 'invalid')
const Deed = z.object({ deed: z.enum(['hold', 'lift', 'agree', 'end'], 'invalid') })
const forms = {
  hold: z.object({ effect: z.enum(holdEffects, 'invalid'), holdReason: line(500) }),
  lift: z.object({ key: line(200) }),
  agree: z.object({ kind, untilOn: z.iso.date('invalid'), agreeReason: line(500) }),
  end: z.object({ kind }),
}

export async function action({ request, params }: ActionFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const deed = await parseForm(request.clone(), Deed)
  if (!deed.ok) return data({ fields: deed.error, values: deed.values }, { status: 422 })
  const problem = await doDeed(request, deed.value.deed, accountId)
  if (problem) return data(problem, { status: 422 })
  return redirectWithToast(request, `/office/accounts/${accountId}/dunning`, 'saved')
}

type Problem = { readonly fields: Readonly<Record<string, string>>; readonly values: Readonly<Record<string, string>> }

async function doDeed(request: Request, deed: keyof typeof forms, accountId: string): Promise<Problem | null> {
  const write = <T,>(work: (ctx: StaffContext) => Promise<T>) => asStaff(request, 'dunning:write', work)
  if (deed === 'hold') {
    const form = await parseForm(request, forms.hold)
    if (!form.ok) return { fields: form.error, values: form.values }
    const { effect, holdReason: reason } = form.value
    await write((ctx) => placeHold(ctx, { accountId, source: 'staff', effect, reason, key: 'staff' }))
    return null
  }
  if (deed === 'lift') {
    const form = await parseForm(request, forms.lift)
    if (!form.ok) return { fields: form.error, values: form.values }
    await write((ctx) => liftHold(ctx, { accountId, key: form.value.key }))
    return null
  }
  if (deed === 'end') {
    const form = await parseForm(request, forms.end)
    if (!form.ok) return { fields: form.error, values: form.values }
    await write((ctx) => endAgreementWith(ctx, { accountId, kind: form.value.kind }))
    return null
  }
  const form = await parseForm(request, forms.agree)
  if (!form.ok) return { fields: form.error, values: form.values }
  const { agreeReason: reason, ...agreed } = form.value
  const done = await write((ctx) => agreeWithAccount(ctx, { accountId, reason, ...agreed }))
  return done.ok ? null : { fields: { untilOn: done.error }, values: { ...agreed, agreeReason: reason } }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Standing() {
  const { standing, timeline, mayWrite, accountId } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['dunning', 'office'])
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.accounts'), to: '/office/accounts' },
          { label: standing.name, to: `/office/accounts/${accountId}` },
        ]}
        title={t('standing.title')}
        below={t('standing.lead')}
      />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="grid min-w-0 gap-6">
          <StandingHolds holds={standing.holds} mayWrite={mayWrite} />
          <StandingAgreements agreements={standing.agreements} mayWrite={mayWrite} />
          {mayWrite ? <HoldForm answer={answer} /> : null}
          {mayWrite ? <AgreeForm answer={answer} /> : null}
        </div>
        <Card id="timeline" title={t('timeline.title')}>
          <StandingTimeline rows={timeline} />
        </Card>
      </div>
    </>
  )
}
