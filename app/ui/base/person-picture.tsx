import { classNames } from './class-names.ts'

type PersonPictureProps = { name: string; url: string | null | undefined; size: 'small' | 'large' }

/** A person's picture, else their initials. The name stands beside it or is said by what holds it. */
export function PersonPicture({ name, url, size }: PersonPictureProps) {
  const side = size === 'large' ? 'size-20 text-xl' : 'size-9 text-sm'
  if (url) return <img src={url} alt="" className={classNames(side, 'shrink-0 rounded-full object-cover')} />
  return (
    <span aria-hidden className={classNames(side, 'flex shrink-0 items-center justify-center rounded-full bg-soft font-medium')}>
      {initialsOf(name)}
    </span>
  )
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}
