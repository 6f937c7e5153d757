import { Form } from '@remix-run/react'
import { type ComponentProps, type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { Card } from '../base/card.tsx'
import { DateTime } from '../base/date-time.tsx'
import { Money } from '../base/money.tsx'
import { Notice } from '../base/notice.tsx'
import { useLabel } from '../base/use-label.ts'
import { useRefreshWhile } from '../base/use-refresh-while.ts'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { type Fact, PageHeader } from '../shell/page-header.tsx'
import { SubscriptionChangeForm } from './subscription-change-form.tsx'
import { type ShownChange, SubscriptionHistory } from './subscription-history.tsx'
import { type ShownPart, SubscriptionParts } from './subscription-parts.tsx'
import { type ShownPreview, SubscriptionPreview } from './subscription-preview.tsx'
import { SubscriptionStateView } from './subscription-state.tsx'
import { TrialCard } from './trial-card.tsx'

type Shown = {
  readonly id: string
  readonly name: string
  readonly product: string
  readonly state: 'active' | 'paused' | 'pending' | 'ended'
  readonly startedAt: Date
  readonly endedAt: Date | null
  readonly endsAt: Date | null
  readonly trialEndsAt: Date | null
  readonly trial: ComponentProps<typeof TrialCard>['meters']
  readonly renews: boolean
  readonly pausedAt: Date | null
  readonly follows: boolean
  readonly note: string | null
  readonly recurring: MoneyValue
  readonly nextPeriodAt: Date | null
  readonly parts: readonly ShownPart[]
  readonly changes: readonly (ShownChange & { readonly failure: string | null })[]
}

type SubscriptionPageProps = {
  subscription: Shown
  choices: ComponentProps<typeof SubscriptionChangeForm>['choices']
  typed: Readonly<Record<string, string | undefined>>
  preview: ShownPreview | null
  /** Why there is no preview of what was chosen, as a code. */
  refusal: string | null
  firstDay: string
  mayWrite: boolean
  answer: { readonly done: string } | { readonly problem: string } | undefined
  listPath: string
  isBuyer: boolean
  /** What only this surface says of it. */
  facts: readonly Fact[]
}

/** One subscription: what it is, what it may become and costs then, and what was done to it. Office and panel share it. */
export function SubscriptionPage({ subscription, listPath, isBuyer, facts, answer, mayWrite, ...rest }: SubscriptionPageProps) {
  const { t } = useTranslation('subscription')
  const label = useLabel()
  const path = `${listPath}/${subscription.id}`
  const isBeingMade = subscription.changes.some(({ state, createdAt, effectiveAt }) => state === 'scheduled' && effectiveAt <= createdAt)
  useRefreshWhile(isBeingMade)
  const failures = useMemo(() => new Map(subscription.changes.map(({ id, failure }) => [id, failure])), [subscription.changes])
  const problemOf = (code: string) => label(`subscription:problem.${code}`, code)
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), to: listPath }]}
        title={<bdi>{subscription.name}</bdi>}
        beside={<SubscriptionStateView state={subscription.state} />}
        facts={[{ label: t('plan'), value: subscription.product }, ...facts, ...useDates(subscription)]}
      />
      <div className="mb-6 grid gap-3 empty:hidden">
        {answer && 'done' in answer ? <Notice tone="positive">{label(`subscription:done.${answer.done}`, answer.done)}</Notice> : null}
        {answer && 'problem' in answer ? <Notice tone="critical">{problemOf(answer.problem)}</Notice> : null}
        {rest.refusal ? <Notice tone="warning">{problemOf(rest.refusal)}</Notice> : null}
        {subscription.follows ? <Notice tone="info">{t('follows')}</Notice> : null}
        {subscription.note ? (
          <Notice tone="info" title={t('note')}>
            <span className="whitespace-pre-line">{subscription.note}</span>
          </Notice>
        ) : null}
      </div>
      <div className="grid grid-cols-1 items-start gap-6">
        {rest.preview ? <SubscriptionPreview preview={rest.preview} fields={rest.typed} path={path} mayPropose={!isBuyer} /> : null}
        <TrialCard meters={subscription.trial} />
        <Card id="parts" title={t('parts.title')} isFlush>
          <SubscriptionParts parts={subscription.parts} />
        </Card>
        {mayWrite ? <ChangeCards subscription={subscription} {...rest} /> : null}
        <SubscriptionHistory
          changes={subscription.changes}
          mayWrite={({ kind }) => mayWrite && (!subscription.follows || kind === 'prices')}
          isBuyer={isBuyer}
          failureOf={(id): ReactNode => {
            const failure = failures.get(id)
            return failure ? <span className="text-muted">{problemOf(failure)}</span> : null
          }}
        />
      </div>
    </>
  )
}

function useDates(subscription: Shown): Fact[] {
  const { t } = useTranslation('subscription')
  const { startedAt, nextPeriodAt, trialEndsAt, endsAt, endedAt, pausedAt, renews } = subscription
  const day = (instant: Date) => <DateTime instant={instant} isDayOnly />
  return [
    { label: t('recurring'), value: <Money amount={subscription.recurring} /> },
    { label: t('since'), value: day(startedAt) },
    ...(nextPeriodAt ? [{ label: t('nextPeriod'), value: day(nextPeriodAt) }] : []),
    ...(trialEndsAt ? [{ label: t('trialEnds'), value: day(trialEndsAt) }] : []),
    ...(pausedAt ? [{ label: t('pausedAt'), value: day(pausedAt) }] : []),
    ...(endedAt ? [{ label: t('endedAt'), value: day(endedAt) }] : []),
    ...(endsAt && !endedAt ? [{ label: t(renews ? 'renewsAt' : 'endsAt'), value: day(endsAt) }] : []),
  ]
}

type ChangeCardsProps = Pick<SubscriptionPageProps, 'subscription' | 'choices' | 'typed' | 'firstDay'>

function ChangeCards({ subscription, choices, typed, firstDay }: ChangeCardsProps) {
  const { t } = useTranslation('subscription')
  const running = subscription.parts.filter(({ role, isRunning }) => role === 'add-on' && isRunning)
  const today = new Date(`${firstDay}T00:00:00Z`)
  const isTrial = subscription.trialEndsAt !== null && subscription.trialEndsAt > today
  return (
    <>
      <SubscriptionChangeForm
        choices={choices}
        hasPricesOnly={subscription.follows}
        running={running.map(({ productId, product }) => ({ productId, name: product }))}
        isPaused={subscription.state === 'paused'}
        typed={typed}
        firstDay={firstDay}
      />
      {!subscription.follows && (subscription.endsAt || isTrial) ? (
        <Card id="term" title={t('term.title')}>
          <Form method="post" className="flex flex-wrap gap-3">
            <FormToken />
            {subscription.endsAt ? (
              <SubmitButton look="secondary" name="deed" value={subscription.renews ? 'renewal-off' : 'renewal-on'}>
                {t(subscription.renews ? 'deed.renewalOff' : 'deed.renewalOn')}
              </SubmitButton>
            ) : null}
            {isTrial ? (
              <>
                <SubmitButton look="secondary" name="deed" value="trial-convert">
                  {t('deed.trialConvert')}
                </SubmitButton>
                <SubmitButton look="secondary" name="deed" value="trial-stop">
                  {t('deed.trialStop')}
                </SubmitButton>
              </>
            ) : null}
          </Form>
        </Card>
      ) : null}
    </>
  )
}
