import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../base/card.tsx'
import { TextLink } from '../base/text-link.tsx'
import { ServerSelect } from '../cloud/server-select.tsx'
import { DeedForm } from '../forms/deed-form.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { type Column, Table } from '../tables/table.tsx'

type Choice = { readonly id: string; readonly name: string; readonly location: string }

type MemberServersProps<Member extends Choice> = {
  title: string
  members: readonly Member[]
  /** Servers that may come in; none while nothing may. */
  others: readonly Choice[]
  /** What is to be known of each beside its name. */
  facts?: readonly Column<Member>[]
  join: { readonly deed: string; readonly label: string }
  leave: { readonly deed: string; readonly label: string }
  formKey: string
  mayChange: boolean
  typed?: string | undefined
  error?: string | undefined
  empty: ReactNode
}

/** The servers that are in something, such as a network: each leaves, and others come in. */
export function MemberServers<Member extends Choice>(props: MemberServersProps<Member>) {
  const { title, members, others, facts = [], join, leave, formKey, mayChange, typed, error, empty } = props
  const { t } = useTranslation('cloud')
  const columns: Column<Member>[] = [
    {
      key: 'name',
      head: t('name'),
      isPrimary: true,
      cell: ({ id: serverId, name }) => <TextLink to={`/panel/servers/${serverId}`}>{name}</TextLink>,
    },
    ...facts,
  ]
  const deeds: Column<Member> = {
    key: 'deeds',
    head: <span className="sr-only">{t('deeds')}</span>,
    label: t('deeds'),
    cell: ({ id: serverId }) => (
      <DeedForm deed={leave.deed} formKey={formKey} fields={{ serverId }}>
        <SubmitButton look="quiet" size="small">
          {leave.label}
        </SubmitButton>
      </DeedForm>
    ),
  }
  return (
    <Card id="members" title={title} isFlush>
      <Table
        caption={title}
        rows={members}
        rowKey={(member) => member.id}
        empty={empty}
        columns={mayChange ? [...columns, deeds] : columns}
      />
      {mayChange && others.length > 0 ? (
        <DeedForm deed={join.deed} formKey={formKey} className="flex flex-wrap items-end gap-4 border-t border-border px-card py-4">
          <ServerSelect servers={others} label={t('server')} defaultValue={typed} error={error} />
          <SubmitButton look="secondary">{join.label}</SubmitButton>
        </DeedForm>
      ) : null}
    </Card>
  )
}
