import { useTranslation } from 'react-i18next'
import { riskOf } from '#app/domain/fraud/risk.ts'
import type { SignUpRow } from '#app/reports/screening/shape.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { Table } from '#app/ui/tables/table.tsx'

type Props = { signUps: readonly SignUpRow[] }

/** Sign-ups that wait, each with the way to its decision. */
export function OpenSignUps({ signUps }: Props) {
  const format = useFormat()
  const { t } = useTranslation('screening')
  return (
    <Table
      caption={t('signUps.waiting')}
      rows={signUps}
      rowKey={({ accountId }) => accountId}
      columns={[
        {
          key: 'account',
          head: t('account'),
          isPrimary: true,
          cell: ({ accountId, name }) => (
            <TextLink to={`/office/screening/sign-ups?account=${accountId}`}>
              <bdi>{name}</bdi>
            </TextLink>
          ),
        },
        { key: 'email', head: t('email'), cell: ({ email }) => <bdi>{email}</bdi> },
        { key: 'country', head: t('country'), cell: ({ country }) => format.country(country) },
        { key: 'since', head: t('held'), cell: ({ screenedAt }) => <DateTime instant={screenedAt} /> },
        { key: 'score', head: t('risk.score'), isNumber: true, cell: ({ score }) => riskOf(score) },
      ]}
    />
  )
}

/** What was decided, by whom and why. */
export function DecidedSignUps({ signUps }: Props) {
  const { t } = useTranslation('screening')
  return (
    <Table
      caption={t('decided')}
      rows={signUps}
      rowKey={({ accountId }) => accountId}
      columns={[
        {
          key: 'account',
          head: t('account'),
          isPrimary: true,
          cell: ({ accountId, name }) => (
            <TextLink to={`/office/accounts/${accountId}`}>
              <bdi>{name}</bdi>
            </TextLink>
          ),
        },
        { key: 'verdict', head: t('result'), cell: (signUp) => <Verdict signUp={signUp} /> },
        { key: 'by', head: t('by'), cell: ({ decidedBy }) => <bdi>{decidedBy ?? t('byRules')}</bdi> },
        { key: 'at', head: t('at'), cell: ({ decidedAt, screenedAt }) => <DateTime instant={decidedAt ?? screenedAt} /> },
        {
          key: 'note',
          head: t('why'),
          isLong: true,
          cell: ({ note, reasons }) => <bdi>{note ?? reasons.map(({ reason }) => t(`reason.${reason}`)).join(' · ')}</bdi>,
        },
        { key: 'score', head: t('risk.score'), isNumber: true, cell: ({ score }) => riskOf(score) },
      ]}
    />
  )
}

function Verdict({ signUp: { verdict, decision } }: { signUp: SignUpRow }) {
  const { t } = useTranslation('screening')
  const isPassed = (decision ?? verdict) === 'pass'
  return <State tone={isPassed ? 'positive' : 'critical'}>{t(isPassed ? 'signUps.cleared' : 'refused')}</State>
}
