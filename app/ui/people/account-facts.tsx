import { useTranslation } from 'react-i18next'
import { Card } from '../base/card.tsx'
import { DateTime } from '../base/date-time.tsx'
import { Badge, type Tone } from '../base/state.tsx'
import { useFormat } from '../base/use-format.ts'
import { useLabel } from '../base/use-label.ts'

type VatIdStatus = 'none' | 'valid' | 'invalid' | 'pending'
type Profile = {
  readonly name: string
  readonly kind: 'personal' | 'business' | 'enterprise' | 'department'
  readonly email: string
  readonly addressLines: readonly string[]
  readonly country: string
  readonly vatId: string | null
  readonly vatIdStatus: VatIdStatus
  readonly customerSince: Date
}

const vatTones: Record<VatIdStatus, Tone> = { none: 'neutral', valid: 'positive', invalid: 'critical', pending: 'info' }

/** Who the buyer is, as it will stand on the next invoice. */
export function AccountFacts({ profile }: { profile: Profile }) {
  const { t } = useTranslation('common')
  const format = useFormat()
  return (
    <Card id="profile" title={t('account.facts')}>
      <div className="flex flex-wrap gap-x-10 gap-y-4 text-sm">
        <dl>
          <dt className="text-muted">{t(`accountKind.${profile.kind}`)}</dt>
          <dd className="mt-0.5">
            <span className="block font-medium">{profile.name}</span>
            {profile.addressLines.map((line) => (
              <span key={line} className="block">
                {line}
              </span>
            ))}
            <span className="block">{format.country(profile.country)}</span>
          </dd>
        </dl>
        <dl className="grid content-start gap-4">
          <div>
            <dt className="text-muted">{t('account.email')}</dt>
            <dd className="mt-0.5">
              <bdi dir="ltr">{profile.email}</bdi>
            </dd>
          </div>
          {profile.vatId ? (
            <div>
              <dt className="text-muted">{t('account.vatId')}</dt>
              <dd className="mt-0.5 flex items-center gap-2">
                <bdi dir="ltr">{profile.vatId}</bdi>{' '}
                <Badge tone={vatTones[profile.vatIdStatus]}>{t(`vatIdStatus.${profile.vatIdStatus}`)}</Badge>
              </dd>
            </div>
          ) : null}
          <div>
            <dt className="text-muted">{t('account.since')}</dt>
            <dd className="mt-0.5">
              <DateTime instant={profile.customerSince} isDayOnly />
            </dd>
          </div>
        </dl>
      </div>
    </Card>
  )
}

type Member = { readonly id: string; readonly name: string; readonly email: string; readonly profile: string }

/** Who may act for the account, and its departments. */
export function Members({
  members,
  departments,
}: {
  members: readonly Member[]
  departments: readonly { readonly id: string; readonly name: string }[]
}) {
  const { t } = useTranslation('common')
  const label = useLabel()
  return (
    <Card id="members" title={t('account.members')} isFlush>
      <ul className="divide-y divide-border border-t border-border text-sm">
        {members.map((member) => (
          <li key={member.id} className="flex flex-wrap items-baseline justify-between gap-x-4 px-card py-3">
            <span>
              <span className="font-medium">{member.name}</span>
              <bdi dir="ltr" className="block text-muted">
                {member.email}
              </bdi>
            </span>
            <span className="text-muted">{label(`common:profile.${member.profile}`, member.profile)}</span>
          </li>
        ))}
      </ul>
      {departments.length > 0 ? (
        <div className="border-t border-border px-card py-4 text-sm">
          <h3 className="font-medium">{t('account.departments')}</h3>
          <ul className="mt-2 grid gap-1 text-muted">
            {departments.map((department) => (
              <li key={department.id}>{department.name}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </Card>
  )
}
