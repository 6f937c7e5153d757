import { useTranslation } from 'react-i18next'
import type { DisputeState } from '#app/domain/dispute/dispute-state.ts'
import type { AttemptState } from '#app/domain/payment-attempt/attempt-state.ts'
import type { RefundState } from '#app/domain/refund/refund-state.ts'
import { State, type Tone } from '../base/state.tsx'

const attemptTones = {
  created: 'neutral',
  unknown: 'warning',
  pending: 'info',
  'action-required': 'info',
  authorised: 'info',
  expired: 'neutral',
  cancelled: 'neutral',
  failed: 'critical',
  captured: 'positive',
} as const satisfies Record<AttemptState, Tone>

/** Where a try at a gateway stands. */
export function AttemptStateView({ state }: { state: AttemptState }) {
  const { t } = useTranslation('payment')
  return <State tone={attemptTones[state]}>{t(`gateway.attemptState.${state}`)}</State>
}

const disputeTones = {
  'needs-response': 'critical',
  'under-review': 'warning',
  won: 'positive',
  lost: 'neutral',
} as const satisfies Record<DisputeState, Tone>

/** Where a dispute stands. */
export function DisputeStateView({ state }: { state: DisputeState }) {
  const { t } = useTranslation('payment')
  return <State tone={disputeTones[state]}>{t(`gateway.disputeState.${state}`)}</State>
}

const refundTones = {
  waiting: 'warning',
  refused: 'neutral',
  created: 'info',
  unknown: 'warning',
  pending: 'info',
  done: 'positive',
  failed: 'critical',
} as const satisfies Record<RefundState, Tone>

/** Where a refund through a gateway stands. */
export function RefundStateView({ state }: { state: RefundState }) {
  const { t } = useTranslation('payment')
  return <State tone={refundTones[state]}>{t(`gateway.refundState.${state}`)}</State>
}
