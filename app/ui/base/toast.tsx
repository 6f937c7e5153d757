import { CircleCheck, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/**
 * Says once that something was done. It stays until closed or the next page: nobody has to read against a clock. It floats above the page and
 * rests below its end, so that nothing stays hidden behind it.
 */
export function Toast({ text }: { text: string | undefined }) {
  const { t } = useTranslation('common')
  const [isClosed, setIsClosed] = useState(false)
  useEffect(() => setIsClosed(!text), [text])
  return (
    <div role="status" className="no-print pointer-events-none sticky bottom-0 z-40 flex justify-center">
      {text && !isClosed ? (
        <div className="pointer-events-auto m-4 flex max-w-prose items-center gap-3 rounded-card border border-border bg-surface py-2 ps-4 pe-2 text-sm shadow-float">
          <CircleCheck aria-hidden className="size-4 shrink-0 text-positive" />
          <p>{text}</p>
          <button
            type="button"
            onClick={() => setIsClosed(true)}
            aria-label={t('close')}
            className="flex size-7 items-center justify-center rounded-tag text-muted hover:bg-soft hover:text-text"
          >
            <X aria-hidden className="size-4" />
          </button>
        </div>
      ) : null}
    </div>
  )
}
