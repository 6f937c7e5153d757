import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { holdEffects } from '#app/domain/hold/hold-effect.ts'
import type { AgreementRow, StandingRow } from '#app/reports/dunning/standing.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime, Day } from '#app/ui/base/date-time.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type Answer = Parameters<typeof useFieldErrors>[0]

function Standing({ children, end }: { children: ReactNode; end: ReactNode }) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-4 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 text-sm">{children}</div>
      {end}
    </li>
  )
}

/** What holds the account back, each with its end. */
export function StandingHolds({ holds, mayWrite }: { holds: readonly StandingRow[]; mayWrite: boolean }) {
  const { t } = useTranslation('dunning')
  const reasonOf = ({ source, reason }: StandingRow) => (source === 'staff' ? <bdi>{reason}</bdi> : t(`source.${source}`))
  return (
    <Card id="holds" title={t('standing.holds')}>
      {holds.length === 0 ? <p className="text-sm text-muted">{t('standing.noHolds')}</p> : null}
      <ul className="divide-y divide-border">
        {holds.map((hold) => (
          <Standing
            key={hold.key}
            end={
              hold.source === 'screening' ? (
                <TextLink to="/office/screening/risk">{t('standing.screening')}</TextLink>
              ) : mayWrite ? (
                <Form method="post">
                  <FormToken />
                  <input type="hidden" name="deed" value="lift" />
                  <input type="hidden" name="key" value={hold.key} />
                  <SubmitButton look="secondary" size="small">
                    {t('standing.lift')}
                  </SubmitButton>
                </Form>
              ) : null
            }
          >
            <p className="font-medium">{t(`effect.${hold.effect}`)}</p>
            <p>{reasonOf(hold)}</p>
            <p className="text-muted">
              <DateTime instant={hold.placedAt} />
            </p>
          </Standing>
        ))}
      </ul>
    </Card>
  )
}

/** A pause or a promise that stands, each with its end. */
export function StandingAgreements({ agreements, mayWrite }: { agreements: readonly AgreementRow[]; mayWrite: boolean }) {
  const { t } = useTranslation('dunning')
  return (
    <Card id="agreements" title={t('standing.agreements')}>
      {agreements.length === 0 ? <p className="text-sm text-muted">{t('standing.noAgreements')}</p> : null}
      <ul className="divide-y divide-border">
        {agreements.map(({ kind, untilOn, reason }) => (
          <Standing
            key={kind}
            end={
              mayWrite ? (
                <Form method="post">
                  <FormToken />
                  <input type="hidden" name="deed" value="end" />
                  <input type="hidden" name="kind" value={kind} />
                  <SubmitButton look="secondary" size="small">
                    {t('standing.end')}
                  </SubmitButton>
                </Form>
              ) : null
            }
          >
            <p className="font-medium">
              {t(`agreement.${kind}`)} <Day day={untilOn} />
            </p>
            <p>
              <bdi>{reason}</bdi>
            </p>
          </Standing>
        ))}
      </ul>
    </Card>
  )
}

/** Holds the account back by hand. */
export function HoldForm({ answer }: { answer: Answer }) {
  const { t } = useTranslation('dunning')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card id="place-hold" title={t('standing.place')}>
      <Form method="post" className="grid gap-4">
        <FormToken />
        <input type="hidden" name="deed" value="hold" />
        <Select name="effect" label={t('standing.effect')} defaultValue={typed('effect')} error={error('effect')}>
          {holdEffects.map((effect) => (
            <option key={effect} value={effect}>
              {t(`effect.${effect}`)}
            </option>
          ))}
        </Select>
        <TextInput
          name="holdReason"
          label={t('standing.reason')}
          help={t('standing.reasonHelp')}
          maxLength={500}
          defaultValue={typed('holdReason') ?? ''}
          error={error('holdReason')}
        />
        <div>
          <SubmitButton look="danger">{t('standing.placeNow')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

/** Notes a pause or a promise to pay. */
export function AgreeForm({ answer }: { answer: Answer }) {
  const { t } = useTranslation('dunning')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card id="agree" title={t('standing.agree')}>
      <Form method="post" className="grid gap-4">
        <FormToken />
        <input type="hidden" name="deed" value="agree" />
        <Select name="kind" label={t('standing.kind')} defaultValue={typed('kind')} error={error('kind')}>
          <option value="promise">{t('standing.promise')}</option>
          <option value="pause">{t('standing.pause')}</option>
        </Select>
        <TextInput
          name="untilOn"
          type="date"
          label={t('standing.untilOn')}
          defaultValue={typed('untilOn') ?? ''}
          error={error('untilOn')}
        />
        <TextInput
          name="agreeReason"
          label={t('standing.reason')}
          maxLength={500}
          defaultValue={typed('agreeReason') ?? ''}
          error={error('agreeReason')}
        />
        <div>
          <SubmitButton look="secondary">{t('standing.agreeNow')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
