import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ApplicationTier, TierPiece } from '#app/reports/apps/shape.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { ServerStateView } from '#app/ui/cloud/server-state.tsx'
import { ConfirmedDeed } from '#app/ui/forms/confirmed-deed.tsx'
import { DeedForm } from '#app/ui/forms/deed-form.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import type { ApplicationAnswer } from './deeds.server.ts'
import type { loader } from './route.tsx'

/** The servers of a tier, and what can be done about how many there are and what they run. */
export function TierCard({ tier }: { tier: ApplicationTier }) {
  const { mayOrder, canUpdate, application } = useLoaderData<typeof loader>()
  const { t } = useTranslation('apps')
  const isThere = application.state !== 'removed'
  return (
    <Card id={`tier-${tier.code}`} title={tier.title} aside={tier.port ? t('answersAt', { port: tier.port }) : null} isFlush>
      <Table
        caption={tier.title}
        rows={tier.pieces}
        rowKey={({ orderId }) => orderId}
        columns={useColumns(tier)}
        empty={<EmptyState title={t('noServers')}>{t('noServersText')}</EmptyState>}
      />
      <div className="grid gap-4 border-t border-border px-card py-4 empty:hidden">
        {mayOrder && isThere && tier.mayGrow && !application.isBusy ? <AddServer tier={tier} /> : null}
        {canUpdate && isThere && tier.isBehind && !application.isBusy ? <Update tier={tier} /> : null}
      </div>
    </Card>
  )
}

function useColumns(tier: ApplicationTier): Column<TierPiece>[] {
  const { mayWrite, formKey } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['apps', 'common'])
  const canShrink = mayWrite && tier.mayShrink
  return [
    {
      key: 'name',
      head: t('common:server.name'),
      isPrimary: true,
      cell: ({ serverId, orderId, name }) => (
        <TextLink
          to={serverId ? `/panel/servers/${serverId}` : `/order/${orderId}`}
          isOtherArea={serverId === null}
          isQuiet
          className="font-medium"
        >
          {name}
        </TextLink>
      ),
    },
    { key: 'state', head: t('common:server.state'), cell: (piece) => <PieceState piece={piece} /> },
    {
      key: 'address',
      head: t('common:server.address'),
      cell: ({ address }) => (address ? <PublicId id={address} /> : <span className="text-muted">–</span>),
    },
    { key: 'plan', head: t('common:server.plan'), cell: ({ planName }) => planName },
    {
      key: 'cap',
      head: t('common:server.monthlyCap'),
      isNumber: true,
      cell: ({ monthlyCap }) => (monthlyCap ? <Money amount={monthlyCap} className="text-muted" /> : '–'),
    },
    ...(canShrink
      ? [
          {
            key: 'remove',
            head: <span className="sr-only">{t('removeServer')}</span>,
            label: t('removeServer'),
            cell: ({ serverId, pendingAction, order, name }: TierPiece) =>
              serverId && !pendingAction && order === 'active' ? (
                <ConfirmedDeed
                  deed="remove-server"
                  formKey={formKey}
                  fields={{ serverId }}
                  label={t('removeServer')}
                  text={t('removeServerText', { name })}
                />
              ) : null,
          },
        ]
      : []),
  ]
}

function PieceState({ piece: { state, pendingAction } }: { piece: TierPiece }) {
  const { t } = useTranslation('common')
  if (!pendingAction) return <ServerStateView state={state} />
  return (
    <State tone="info" isMoving>
      {t(`server.pending.${pendingAction as 'start'}`)}
    </State>
  )
}

/** One more server of the tier: the checkout says what it costs before it is ordered. */
function AddServer({ tier }: { tier: ApplicationTier }) {
  const { application, plans } = useLoaderData<typeof loader>()
  const { t } = useTranslation('apps')
  const offered = plans.filter(({ code }) => tier.planCodes.includes(code))
  if (offered.length === 0) return null
  return (
    <Form method="get" action="/checkout" reloadDocument className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="scale" value={application.id} />
      <input type="hidden" name="tier" value={tier.code} />
      {offered.length > 1 ? <PlanSelect tier={tier} plans={offered} /> : null}
      <Button look="secondary">{t('addServer')}</Button>
    </Form>
  )
}

function PlanSelect({ tier, plans }: { tier: ApplicationTier; plans: readonly { readonly code: string; readonly name: string }[] }) {
  const { t } = useTranslation('common')
  const usual = plans.find(({ name }) => name === tier.pieces.at(-1)?.planName)?.code
  const id = `plan-of-${tier.code}`
  return (
    <label htmlFor={id} className="grid gap-1.5 text-sm font-medium">
      {t('server.plan')}
      <select
        id={id}
        name="plan"
        defaultValue={usual}
        className="h-control rounded-control border border-border bg-surface px-3 font-normal"
      >
        {plans.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Brings the servers of the tier up to the image that its app runs now. */
function Update({ tier }: { tier: ApplicationTier }) {
  const { application, images, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<ApplicationAnswer>()
  const { t } = useTranslation(['apps', 'panel'])
  const { error } = useFieldErrors(answer && 'fields' in answer ? answer : undefined)
  const field = `updateName-${tier.code}`
  const image = images.find(({ code }) => code === tier.imageCode)?.name ?? tier.imageCode ?? ''
  return (
    <details open={error(field) !== undefined} className="text-sm">
      <summary className="w-fit cursor-pointer rounded-tag text-accent underline decoration-accent/40 underline-offset-4">
        {t('update', { image })}
      </summary>
      <DeedForm deed="update" formKey={formKey} fields={{ tier: tier.code }} className="mt-3 grid max-w-xl gap-4">
        <Notice tone="warning">{t('updateText', { image })}</Notice>
        <TextInput
          name={field}
          label={t('panel:server.delete.confirm', { name: application.name })}
          required
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
          dir="ltr"
          error={error(field)}
          className="max-w-sm"
        />
        <div>
          <SubmitButton look="danger">{t('update', { image })}</SubmitButton>
        </div>
      </DeedForm>
    </details>
  )
}
