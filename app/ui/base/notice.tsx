import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

type NoticeTone = 'positive' | 'warning' | 'critical' | 'info'

const looks: Record<NoticeTone, { ground: string; Icon: typeof Info }> = {
  positive: { ground: 'bg-positive-soft text-positive', Icon: CircleCheck },
  warning: { ground: 'bg-warning-soft text-warning', Icon: TriangleAlert },
  critical: { ground: 'bg-critical-soft text-critical', Icon: CircleAlert },
  info: { ground: 'bg-info-soft text-info', Icon: Info },
}

/** Something the reader must know before going on. A critical one is read out at once. */
export function Notice({
  tone = 'info',
  title,
  children,
  action,
}: {
  tone?: NoticeTone
  title?: ReactNode
  children?: ReactNode
  action?: ReactNode
}) {
  const { ground, Icon } = looks[tone]
  return (
    <div
      role={tone === 'critical' ? 'alert' : 'status'}
      className={classNames('flex items-start gap-3 rounded-card px-4 py-3 text-sm', ground)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="grow">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div>{children}</div> : null}
      </div>
      {action}
    </div>
  )
}
