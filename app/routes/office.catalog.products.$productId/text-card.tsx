import { Form, Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Language, languageNames, supportedLanguages } from '#app/i18n/languages.ts'
import type { ProductDetail } from '#app/reports/products/shape.ts'
import { Card } from '#app/ui/card.tsx'
import { classNames } from '#app/ui/class-names.ts'
import { TextArea, TextInput } from '#app/ui/field.tsx'
import { FormToken } from '#app/ui/form-token.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'

type TextCardProps = { product: Pick<ProductDetail, 'name' | 'description'>; language: Language; mayWrite: boolean }

/** What the product is called and described as, a tab for each language. */
export function TextCard({ product, language, mayWrite }: TextCardProps) {
  const { t } = useTranslation('catalog')
  return (
    <Card title={t('products.texts')} id="texts" className="min-w-0">
      <nav aria-label={t('products.texts')} className="mb-4 overflow-x-auto border-b border-border">
        <ul className="flex gap-5">
          {supportedLanguages.map((code) => (
            <li key={code}>
              <Link
                to={`?language=${code}#texts`}
                preventScrollReset
                aria-current={code === language ? 'page' : undefined}
                lang={code}
                className={classNames(
                  '-mb-px flex h-10 items-center border-b-2 border-transparent text-sm font-medium whitespace-nowrap text-muted hover:text-text',
                  code === language && 'border-accent text-text',
                )}
              >
                {languageNames[code]}
                {product.name[code] ? null : <span className="ms-1 text-xs">({t('products.missing')})</span>}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Form method="post" action={`?intent=text&language=${language}`} key={language} className="grid gap-4" preventScrollReset>
        <FormToken />
        <input type="hidden" name="language" value={language} />
        <TextInput
          name="name"
          label={t('products.name')}
          maxLength={200}
          lang={language}
          dir="auto"
          defaultValue={product.name[language] ?? ''}
          disabled={!mayWrite}
        />
        <TextArea
          name="description"
          label={t('products.description')}
          maxLength={2000}
          lang={language}
          dir="auto"
          defaultValue={product.description[language] ?? ''}
          disabled={!mayWrite}
        />
        {mayWrite ? (
          <div>
            <SubmitButton look="secondary">{t('products.saveTexts')}</SubmitButton>
          </div>
        ) : null}
      </Form>
    </Card>
  )
}
