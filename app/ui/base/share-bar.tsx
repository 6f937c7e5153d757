import { useFormat } from './use-format.ts'

/** A share of a limit in a table: a short bar and the percentage. */
export function ShareBar({ share, label }: { share: number; label: string }) {
  const format = useFormat()
  const fill = share >= 1 ? 'fill-critical' : share >= 0.8 ? 'fill-warning' : 'fill-accent'
  const percent = Math.round(share * 100)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a meter element cannot be drawn in brand colours everywhere
    <span
      className="inline-flex items-center gap-2"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.min(percent, 100)}
      aria-valuetext={format.percent(percent)}
    >
      <svg aria-hidden width="64" height="6" className="overflow-hidden rounded-full rtl:-scale-x-100">
        <rect width="64" height="6" className="fill-soft" />
        <rect width={Math.max(0, Math.min(share, 1)) * 64} height="6" className={fill} />
      </svg>
      <span className="tabular min-w-11 text-end" suppressHydrationWarning>
        {format.percent(percent)}
      </span>
    </span>
  )
}
