import { useTranslation } from 'react-i18next'
import { CopyButton } from '../base/copy-button.tsx'
import { Notice } from '../base/notice.tsx'
import { Checkbox, Select, TextInput } from '../forms/field.tsx'
import { useFieldErrors } from '../forms/use-field-errors.ts'

export type GatewayName = 'stripe' | 'paypal' | 'sandbox'
export type GatewayAnswer =
  | (Parameters<typeof useFieldErrors>[0] & {
      readonly problem?: 'currency-not-offered' | 'bad-credentials' | 'gateway-unknown' | 'wrong-mode' | 'other-account' | 'already-active'
      readonly about?: string
      readonly isWorking?: boolean
    })
  | undefined

type Kept = {
  readonly name: string
  readonly currencies: readonly string[]
  readonly methods: readonly string[]
  readonly webhookId: string
}

/** How gateways call themselves; not for translators. Ours has a name in the reader's language. */
export function useGatewayTitle() {
  const { t } = useTranslation('office')
  return (gateway: GatewayName) => ({ stripe: 'Stripe', paypal: 'PayPal', sandbox: t('gateway.sandbox') })[gateway]
}

function Refusal({ answer }: { answer: GatewayAnswer }) {
  const { t } = useTranslation('office')
  if (!answer?.problem) return null
  return (
    <Notice tone="critical">
      {t(`gateway.problem.${answer.problem}`)} <bdi dir="ltr">{answer.about}</bdi>
    </Notice>
  )
}

/** The fields of an account with a gateway. Secrets are written and never shown: with `kept` an empty one stays as it is. */
export function GatewayFields({ gateway, kept, answer }: { gateway: GatewayName; kept?: Kept; answer: GatewayAnswer }) {
  const { t } = useTranslation(['office', 'common'])
  const { error, typed } = useFieldErrors(answer)
  const title = useGatewayTitle()
  const secret = (name: 'secretKey' | 'webhookSecret' | 'clientSecret') => (
    <TextInput
      name={name}
      type="password"
      autoComplete="off"
      dir="ltr"
      label={t(`gateway.field.${name}`)}
      help={kept ? t('gateway.keepsSecret') : undefined}
      required={!kept}
      error={error(name)}
    />
  )
  return (
    <>
      <Refusal answer={answer} />
      <TextInput
        name="name"
        label={t('gateway.field.name')}
        help={t('gateway.field.nameHelp')}
        required
        maxLength={60}
        defaultValue={typed('name') ?? kept?.name ?? title(gateway)}
        error={error('name')}
      />
      {gateway === 'paypal' && !kept ? (
        <Select name="mode" label={t('gateway.field.mode')} defaultValue={typed('mode') ?? 'test'} error={error('mode')}>
          <option value="test">{t('gateway.mode.test')}</option>
          <option value="live">{t('gateway.mode.live')}</option>
        </Select>
      ) : null}
      {gateway === 'stripe' ? secret('secretKey') : null}
      {gateway === 'paypal' ? (
        <TextInput
          name="clientId"
          dir="ltr"
          autoComplete="off"
          label={t('gateway.field.clientId')}
          help={kept ? t('gateway.keepsSecret') : undefined}
          required={!kept}
          error={error('clientId')}
        />
      ) : null}
      {gateway === 'paypal' ? secret('clientSecret') : null}
      {gateway === 'stripe' ? secret('webhookSecret') : null}
      {gateway === 'paypal' ? (
        <TextInput
          name="webhookId"
          dir="ltr"
          label={t('gateway.field.webhookId')}
          required
          defaultValue={typed('webhookId') ?? kept?.webhookId}
          error={error('webhookId')}
        />
      ) : null}
      <TextInput
        name="currencies"
        dir="ltr"
        label={t('gateway.field.currencies')}
        help={t('gateway.field.currenciesHelp')}
        isOptional={t('common:optional')}
        defaultValue={typed('currencies') ?? kept?.currencies.join(', ')}
        error={error('currencies')}
      />
      {gateway === 'stripe' ? <Methods kept={kept} answer={answer} /> : null}
    </>
  )
}

function Methods({ kept, answer }: { kept: Kept | undefined; answer: GatewayAnswer }) {
  const { t } = useTranslation('office')
  const { typed } = useFieldErrors(answer)
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-2 text-sm font-medium">{t('gateway.field.methods')}</legend>
      <Checkbox name="card" label={t('gateway.method.card')} defaultChecked={typed('card') === 'on' || kept?.methods.includes('card')} />
      <Checkbox
        name="sepaDebit"
        label={t('gateway.method.sepaDebit')}
        defaultChecked={typed('sepaDebit') === 'on' || kept?.methods.includes('sepa-debit')}
      />
      <p className="text-sm text-muted">{t('gateway.field.methodsHelp')}</p>
    </fieldset>
  )
}

const stripeEvents =
  'checkout.session.completed, checkout.session.expired, payment_intent.succeeded, payment_intent.payment_failed, payment_intent.canceled, payment_intent.amount_capturable_updated, setup_intent.succeeded, charge.refunded, refund.created, refund.updated, refund.failed, charge.dispute.created, charge.dispute.updated, charge.dispute.closed, payment_method.automatically_updated, payment_method.updated, payment_method.detached, payout.paid, payout.failed'
const paypalEvents =
  'CHECKOUT.ORDER.APPROVED, PAYMENT.CAPTURE.COMPLETED, PAYMENT.CAPTURE.PENDING, PAYMENT.CAPTURE.DENIED, PAYMENT.CAPTURE.REFUNDED, PAYMENT.AUTHORIZATION.CREATED, PAYMENT.AUTHORIZATION.VOIDED, CUSTOMER.DISPUTE.CREATED, CUSTOMER.DISPUTE.UPDATED, CUSTOMER.DISPUTE.RESOLVED, VAULT.PAYMENT-TOKEN.CREATED, VAULT.PAYMENT-TOKEN.DELETED'
const events: Partial<Record<GatewayName, string>> = { stripe: stripeEvents, paypal: paypalEvents }

/** What to enter at the gateway, so that it tells the store of what happens. */
export function GatewayWebhook({ gateway, url }: { gateway: GatewayName; url: string | null }) {
  const { t } = useTranslation('office')
  if (gateway === 'sandbox') return <p>{t('gateway.webhookOfSandbox')}</p>
  if (!url) return <Notice tone="warning">{t('gateway.noHost')}</Notice>
  return (
    <dl className="grid gap-4 text-sm">
      <div className="grid gap-1">
        <dt className="font-medium">{t('gateway.webhookUrl')}</dt>
        <dd className="flex items-start gap-2">
          <code dir="ltr" className="min-w-0 break-all">
            {url}
          </code>
          <CopyButton text={url} label={t('gateway.copy')} />
        </dd>
      </div>
      <div className="grid gap-1">
        <dt className="font-medium">{t('gateway.webhookEvents')}</dt>
        <dd>
          <code dir="ltr" className="wrap-anywhere">
            {events[gateway]}
          </code>
        </dd>
      </div>
      <p className="text-muted">{t(`gateway.steps.${gateway}`)}</p>
    </dl>
  )
}
