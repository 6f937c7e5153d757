import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Copies `text`. Without scripts it is not there: the text beside it can be marked by hand. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation('common')
  const [isReady, setIsReady] = useState(false)
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => setIsReady(Boolean(navigator.clipboard)), [])
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setIsCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [isCopied])
  if (!isReady) return null

  const copy = () => navigator.clipboard.writeText(text).then(() => setIsCopied(true))
  const Icon = isCopied ? Check : Copy
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={label}
      title={label}
      className="no-print inline-flex size-6 items-center justify-center rounded-tag text-muted hover:bg-soft hover:text-text"
    >
      <Icon aria-hidden className="size-3.5" />
      <span role="status" className="sr-only">
        {isCopied ? t('copied') : ''}
      </span>
    </button>
  )
}
