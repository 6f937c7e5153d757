import { Body, Button, Container, Head, Heading, Hr, Html, Img, Link, Preview, Section, Text } from '@react-email/components'
import type { CSSProperties, ReactNode } from 'react'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import { directionOf, type Language } from '#app/i18n/languages.ts'
import { darkStyles } from './dark-styles.ts'
import type { MailBrand, MailProps } from './mail-brand.ts'

const font = "'Inter', 'Noto Sans Arabic', 'Segoe UI', Helvetica, Arial, sans-serif"
const words: CSSProperties = { fontSize: '16px', lineHeight: '24px', margin: '0 0 16px' }
const small: CSSProperties = { fontSize: '12px', lineHeight: '20px', margin: '0 0 4px' }

type FrameProps = MailProps & { readonly subject: string; readonly preview: string; readonly children: ReactNode }

/** The page around every mail: the seller's mark, one sheet, who sent it and how to answer. */
export function MailFrame({ brand, language, recipientName, subject, preview, children }: FrameProps) {
  const t = translatorFor(language, 'mail')
  const { colours } = brand
  const direction = directionOf(language)
  const align = direction === 'rtl' ? 'right' : 'left'
  const muted = { ...small, color: colours.muted, textAlign: align } as const
  return (
    <Html lang={language} dir={direction}>
      <Head>
        <title>{subject}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{darkStyles(brand.darkColours)}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body
        dir={direction}
        className="ground"
        style={{ backgroundColor: colours.bg, color: colours.text, fontFamily: font, margin: 0, padding: '32px 0' }}
      >
        <Container style={{ maxWidth: '560px', width: '100%', margin: '0 auto', padding: '0 16px', textAlign: align }}>
          <Link
            href={brand.storeUrl}
            className="words"
            style={{ color: colours.text, fontSize: '18px', lineHeight: '28px', fontWeight: 600, textDecoration: 'none' }}
          >
            <Mark brand={brand} />
          </Link>
          <Hr className="rule" style={{ border: 0, borderTop: `2px solid ${colours.accent}`, margin: '12px 0 20px' }} />
          <Section className="sheet" style={sheetStyle(brand, align)}>
            <Heading as="h1" style={{ fontSize: '22px', lineHeight: '28px', fontWeight: 600, margin: '0 0 16px', textAlign: align }}>
              {subject}
            </Heading>
            <Text style={{ ...words, textAlign: align }}>{t('greeting', { name: recipientName })}</Text>
            {children}
          </Section>
          <Text className="muted" style={muted}>
            {t('footer.reply', { email: brand.email })}
          </Text>
          <Text className="muted" style={muted}>
            {t('footer.sender', { legalName: brand.legalName, address: brand.address })}
          </Text>
        </Container>
      </Body>
    </Html>
  )
}

/** The logo, of which mail programs that are dark show the one made for them; the plain text has the name. */
function Mark({ brand: { name, logo } }: { readonly brand: MailBrand }) {
  if (!logo) return name
  const { url, darkUrl, width, height } = logo
  const size = { width: String(width), height: String(height) }
  return (
    <>
      <Img src={url} alt={name} {...size} className={darkUrl ? 'by-day' : 'mark'} style={{ display: 'block' }} />
      {darkUrl ? <Img src={darkUrl} alt={name} {...size} className="by-night" style={{ display: 'none' }} /> : null}
      <span aria-hidden style={{ display: 'none', fontSize: 0, maxHeight: 0, overflow: 'hidden' }}>
        {name}
      </span>
    </>
  )
}

function sheetStyle({ colours, radius }: MailBrand, align: 'left' | 'right'): CSSProperties {
  return {
    backgroundColor: colours.surface,
    border: `1px solid ${colours.border}`,
    borderRadius: `${radius}px`,
    padding: '28px 24px 16px',
    margin: '0 0 24px',
    textAlign: align,
  }
}

/** One paragraph. */
export function Words({ children }: { readonly children: ReactNode }) {
  return <Text style={words}>{children}</Text>
}

/** Small print, e.g. how long a link works. */
export function SmallPrint({ brand, children }: { readonly brand: MailBrand; readonly children: ReactNode }) {
  return (
    <Text className="muted" style={{ ...small, color: brand.colours.muted, margin: '0 0 8px' }}>
      {children}
    </Text>
  )
}

type ActionProps = { readonly brand: MailBrand; readonly language: Language; readonly href: string; readonly label: string }

/** The one next step as a button, and its address in full for readers whose mail program shows no buttons. */
export function Action({ brand, language, href, label }: ActionProps) {
  const { colours, radius } = brand
  const t = translatorFor(language, 'mail')
  const button = { backgroundColor: colours.accent, color: colours.accentFg, borderRadius: `${Math.min(radius, 8)}px` }
  return (
    <Section style={{ margin: '8px 0 16px' }}>
      <Button
        href={href}
        className="action"
        style={{ ...button, display: 'inline-block', fontSize: '16px', lineHeight: '24px', fontWeight: 600, padding: '10px 20px' }}
      >
        {label}
      </Button>
      <Text className="muted" style={{ ...small, color: colours.muted, margin: '16px 0 0' }}>
        {t('fallback')}
      </Text>
      <Text style={{ ...small, margin: '0 0 8px', wordBreak: 'break-all' }}>
        <Link href={href} dir="ltr" className="link" style={{ color: colours.accent }}>
          {href}
        </Link>
      </Text>
    </Section>
  )
}

type FactsProps = { readonly brand: MailBrand; readonly language: Language; readonly facts: readonly Fact[] }
type Fact = { readonly label: string; readonly value: string; readonly isStrong?: boolean; readonly isLtr?: boolean }

/** Labelled values under each other, e.g. number, period, total. `isLtr` keeps addresses and numbers in their order. */
export function Facts({ brand, language, facts }: FactsProps) {
  const t = translatorFor(language, 'mail')
  const { border, muted } = brand.colours
  return (
    <Section style={{ margin: '8px 0 16px' }}>
      <Hr className="border" style={{ borderColor: border, margin: '0 0 12px' }} />
      {facts.map(({ label, value, isStrong, isLtr }) => (
        <Text key={label} style={{ fontSize: '14px', lineHeight: '20px', margin: '0 0 8px' }}>
          <span className="muted" style={{ color: muted }}>
            {t('fact', { label })}{' '}
          </span>
          <bdi dir={isLtr ? 'ltr' : 'auto'} style={{ fontWeight: isStrong ? 600 : 400 }}>
            {value}
          </bdi>
        </Text>
      ))}
      <Hr className="border" style={{ borderColor: border, margin: '12px 0 0' }} />
    </Section>
  )
}
