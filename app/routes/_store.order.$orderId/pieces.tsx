import { useTranslation } from 'react-i18next'
import type { PieceProgress } from '#app/reports/order-progress/shape.ts'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'

const tones = { placed: 'neutral', provisioning: 'info', active: 'positive', failed: 'critical', refused: 'critical' } as const

type PiecesProps = { readonly pieces: readonly PieceProgress[]; readonly isGuest: boolean }

/** Everything of an order of several things: each goes its own way, and one that fails takes no other with it. */
export function Pieces({ pieces, isGuest }: PiecesProps) {
  const { t } = useTranslation('store')
  return (
    <ol aria-label={t('progress.pieces')} className="divide-y divide-border">
      {pieces.map((piece) => (
        <li key={piece.id} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 py-3 first:pt-0 last:pb-0">
          <span className="min-w-0">
            <PieceName piece={piece} isGuest={isGuest} />
            <span className="block text-sm text-muted">{piece.planName}</span>
            {piece.address ? <PublicId id={piece.address} /> : null}
          </span>
          <State tone={piece.isSilent ? 'warning' : tones[piece.state]} isMoving={piece.state === 'provisioning'}>
            {t(`progress.piece.${wordOf(piece)}`)}
          </State>
        </li>
      ))}
    </ol>
  )
}

function wordOf({ state, step, isSilent }: PieceProgress) {
  if (isSilent) return 'silent'
  return state === 'placed' && step === 'reserved' ? 'reserved' : state
}

function PieceName({ piece: { name, planName, state, serverId, subscriptionId }, isGuest }: { piece: PieceProgress; isGuest: boolean }) {
  const words = <bdi className="font-medium break-all">{name || planName}</bdi>
  const path = serverId ? `/panel/servers/${serverId}` : subscriptionId ? `/panel/subscriptions/${subscriptionId}` : null
  if (isGuest || state !== 'active' || !path) return words
  return (
    <TextLink to={path} isOtherArea>
      {words}
    </TextLink>
  )
}
