import { classNames } from './class-names.ts'

type MeterProps = {
  label: string
  /** What the bar says in words; it is shown and read out. */
  text: string
  /** Shares of the whole, 0 to 1; more than 1 is shown as full and critical. */
  share: number
  /** Where the bar will stand at the end of the period, as a lighter part. */
  forecastShare?: number
}

const percent = (share: number) => `${(Math.min(Math.max(share, 0), 1) * 100).toFixed(2)}%`

/** How much of a limit is used. Drawn as SVG: widths come as attributes, the page allows no inline style. */
export function Meter({ label, text, share, forecastShare }: MeterProps) {
  const fill = share >= 1 ? 'fill-critical' : share >= 0.8 ? 'fill-warning' : 'fill-accent'
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(Math.min(share, 1) * 100)}
      aria-valuetext={text}
    >
      <svg aria-hidden width="100%" height="8" className="block overflow-hidden rounded-full rtl:-scale-x-100">
        <rect width="100%" height="8" className="fill-soft" />
        {forecastShare === undefined ? null : <rect width={percent(forecastShare)} height="8" className={classNames(fill, 'opacity-35')} />}
        <rect width={percent(share)} height="8" className={fill} />
      </svg>
      <p className="mt-2 text-sm text-muted">{text}</p>
    </div>
  )
}
