import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '../base/card.tsx'
import { CopyButton } from '../base/copy-button.tsx'
import { DateTime } from '../base/date-time.tsx'
import { Badge } from '../base/state.tsx'
import { TextInput } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'

export type FactorFacts = {
  readonly since: Date | null
  readonly codesLeft: number
  readonly waiting: { readonly key: string; readonly picture: string } | null
}
type CardProps = { factor: FactorFacts; error: (name: string) => string | undefined; actionPath: string }

/** The app that makes codes: not set up, waiting for its first code, or in use. */
export function AppCard(props: CardProps) {
  const { t } = useTranslation('person')
  const { since, waiting } = props.factor
  const state = since ? <Badge tone="positive">{t('app.on')}</Badge> : <Badge>{t('app.off')}</Badge>
  return (
    <Card id="app" title={t('app.title')} aside={state}>
      {since ? <InUse {...props} since={since} /> : waiting ? <Waiting {...props} waiting={waiting} /> : <NotSetUp {...props} />}
    </Card>
  )
}

function NotSetUp({ error, actionPath }: CardProps) {
  const { t } = useTranslation('person')
  return (
    <Form method="post" action={actionPath} className="grid max-w-sm gap-4">
      <FormToken />
      <p className="text-sm text-muted">{t('app.lead')}</p>
      <TextInput
        name="appPassword"
        type="password"
        label={t('yourPassword')}
        autoComplete="current-password"
        required
        error={error('appPassword')}
        dir="ltr"
      />
      <div>
        <SubmitButton name="deed" value="start-app">
          {t('app.start')}
        </SubmitButton>
      </div>
    </Form>
  )
}

function Waiting({ waiting, error, actionPath }: CardProps & { waiting: NonNullable<FactorFacts['waiting']> }) {
  const { t } = useTranslation('person')
  return (
    <div className="grid gap-4">
      <p className="text-sm text-muted">{t('app.scan')}</p>
      <img src={waiting.picture} alt={t('app.picture')} width={208} height={208} className="rounded-card border border-border" />
      <div className="text-sm">
        <p className="text-muted">{t('app.typed')}</p>
        <p className="mt-1 flex items-center gap-2">
          <bdi dir="ltr" className="font-mono break-words">
            {waiting.key}
          </bdi>
          <CopyButton text={waiting.key.replaceAll(' ', '')} label={t('app.copyKey')} />
        </p>
      </div>
      <Form method="post" action={actionPath} className="grid max-w-sm gap-4">
        <FormToken />
        <TextInput
          name="appCode"
          label={t('app.code')}
          help={t('app.codeHelp')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={20}
          error={error('appCode')}
          dir="ltr"
        />
        <div className="flex flex-wrap gap-2">
          <SubmitButton name="deed" value="confirm-app">
            {t('app.confirm')}
          </SubmitButton>
          <SubmitButton name="deed" value="drop-app" look="secondary">
            {t('app.drop')}
          </SubmitButton>
        </div>
      </Form>
    </div>
  )
}

function InUse({ factor, since, error, actionPath }: CardProps & { since: Date }) {
  const { t } = useTranslation('person')
  return (
    <div className="grid gap-4 text-sm">
      <p className="text-muted">
        {t('app.since')} <DateTime instant={since} isDayOnly />. {t('app.codesLeft', { count: factor.codesLeft })}
      </p>
      <Form method="post" action={actionPath} className="grid max-w-sm gap-4">
        <FormToken />
        <TextInput
          name="factorProof"
          type="password"
          label={t('app.proof')}
          help={t('app.proofHelp')}
          autoComplete="off"
          required
          error={error('factorProof')}
          dir="ltr"
        />
        <div className="flex flex-wrap gap-2">
          <SubmitButton name="deed" value="renew-codes" look="secondary">
            {t('app.renew')}
          </SubmitButton>
          <SubmitButton name="deed" value="remove-app" look="danger">
            {t('app.remove')}
          </SubmitButton>
        </div>
      </Form>
    </div>
  )
}
