import { useTranslation } from 'react-i18next'
import { monthPrice } from '#app/domain/cloud/month-price.ts'
import type { VpnSpec } from '#app/domain/cloud/vpn.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { ConfirmedDeed } from '#app/ui/forms/confirmed-deed.tsx'
import { DeedForm } from '#app/ui/forms/deed-form.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'

type VpnProps = {
  vpn: VpnSpec | null
  /** What a user costs in an hour; null where that has no price, and nobody can be added. */
  price: { readonly hourly: string; readonly currency: string } | null
  formKey: string
  mayChange: boolean
  typed: (name: string) => string | undefined
  error: (name: string) => string | undefined
}

/** The way into a network from outside: switched on and off, and who may come in. */
export function VpnCard(props: VpnProps) {
  const { vpn, price, formKey, mayChange } = props
  const { t } = useTranslation('cloud')
  if (vpn) return <OpenVpn {...props} vpn={vpn} />
  return (
    <Card id="vpn" title={t('vpn.title')} className="max-w-2xl">
      <div className="grid gap-4">
        <p className="text-sm text-muted">{t('vpn.text')}</p>
        <PriceNote price={price} />
        {mayChange ? (
          <DeedForm deed="open-vpn" formKey={formKey}>
            <SubmitButton look="secondary">{t('vpn.open')}</SubmitButton>
          </DeedForm>
        ) : null}
      </div>
    </Card>
  )
}

function PriceNote({ price }: Pick<VpnProps, 'price'>) {
  const { t } = useTranslation('cloud')
  const format = useFormat()
  return price ? (
    <p className="text-sm text-muted" suppressHydrationWarning>
      {t('vpn.priceNote', { amount: format.money(monthPrice({ ...price, quantity: 1 })) })}
    </p>
  ) : null
}

function OpenVpn({ vpn, price, formKey, mayChange, typed, error }: VpnProps & { vpn: VpnSpec }) {
  const { t } = useTranslation('cloud')
  return (
    <Card id="vpn" title={t('vpn.title')} isFlush>
      <dl className="flex flex-wrap gap-x-8 gap-y-2 px-card pb-4 text-sm">
        <div>
          <dt className="text-muted">{t('address')}</dt>
          <dd>
            <PublicId id={vpn.address} />
          </dd>
        </div>
        <div>
          <dt className="text-muted">{t('firewall.protocol')}</dt>
          <dd>{t(`vpn.by.${vpn.protocol}`)}</dd>
        </div>
      </dl>
      <div className="border-t border-border">
        <Users {...{ vpn, formKey, mayChange }} />
      </div>
      {mayChange && price ? (
        <DeedForm deed="add-vpn-user" formKey={formKey} className="grid gap-4 border-t border-border px-card py-4">
          <TextInput
            name="user"
            label={t('vpn.user')}
            help={t('vpn.userHelp')}
            required
            maxLength={32}
            dir="ltr"
            spellCheck={false}
            autoCapitalize="none"
            autoComplete="off"
            defaultValue={typed('user') ?? ''}
            error={error('user')}
            className="max-w-xs"
          />
          <PriceNote price={price} />
          <div>
            <SubmitButton look="secondary">{t('vpn.add')}</SubmitButton>
          </div>
        </DeedForm>
      ) : null}
      {mayChange ? (
        <div className="flex flex-wrap gap-x-8 gap-y-3 border-t border-border px-card py-4">
          <ConfirmedDeed deed="renew-vpn-key" formKey={formKey} label={t('vpn.renewKey')} text={t('vpn.renewKeyText')} />
          <ConfirmedDeed deed="close-vpn" formKey={formKey} label={t('vpn.close')} text={t('vpn.closeText')} />
        </div>
      ) : null}
    </Card>
  )
}

type VpnUser = VpnSpec['users'][number]

function Users({ vpn, formKey, mayChange }: Pick<VpnProps, 'formKey' | 'mayChange'> & { vpn: VpnSpec }) {
  const { t } = useTranslation('cloud')
  const columns: Column<VpnUser>[] = [
    { key: 'name', head: t('vpn.user'), isPrimary: true, cell: ({ name }) => <bdi dir="ltr">{name}</bdi> },
    { key: 'added', head: t('vpn.added'), cell: ({ addedAt }) => <DateTime instant={new Date(addedAt)} /> },
  ]
  const deeds: Column<VpnUser> = {
    key: 'deeds',
    head: <span className="sr-only">{t('deeds')}</span>,
    label: t('deeds'),
    cell: ({ name: user }) => (
      <span className="flex flex-wrap gap-x-6 gap-y-2">
        <ConfirmedDeed
          deed="renew-vpn-password"
          fields={{ user }}
          label={t('vpn.renewPassword')}
          text={t('vpn.renewPasswordText')}
          {...{ formKey }}
        />
        <ConfirmedDeed deed="revoke-vpn-user" fields={{ user }} label={t('vpn.revoke')} text={t('vpn.revokeText')} {...{ formKey }} />
      </span>
    ),
  }
  return (
    <Table
      caption={t('vpn.users')}
      rows={vpn.users}
      rowKey={({ name }) => name}
      columns={mayChange ? [...columns, deeds] : columns}
      empty={<EmptyState title={t('vpn.none')}>{t('vpn.noneText')}</EmptyState>}
    />
  )
}
