import type { BrandContent } from '#app/domain/brand/brand-content.ts'
import { brandCss } from './brand-css.ts'

/** What a seller's pages, mails and documents wear. */
export type LoadedBrand = {
  readonly pack: BrandContent & { readonly slug: string; readonly currency: string; readonly zone: string }
  /** The published version; null for the neutral look of a seller that has none. */
  readonly number: number | null
  readonly css: string
  /** The logo for light ground as SVG text, a photograph wrapped in one. */
  readonly logoSvg?: string
  /** The picture of a shared link, by name. */
  readonly cardPicture?: string
}

export type BrandFacts = Omit<LoadedBrand, 'pack' | 'css' | 'logoSvg' | 'cardPicture'> & {
  readonly content: BrandContent
  readonly seller: { readonly slug: string; readonly currency: string; readonly zone: string }
  readonly logo: Uint8Array | null
  readonly cardPicture: string | null
}

/** A brand ready to wear. */
export function dressBrand({ content, seller, number, logo, cardPicture }: BrandFacts): LoadedBrand {
  return {
    pack: { ...content, ...seller },
    number,
    css: brandCss(content),
    ...(logo ? { logoSvg: asSvg(logo, content.logo.light ?? '') } : {}),
    ...(cardPicture ? { cardPicture } : {}),
  }
}

/** Documents take drawings only. */
function asSvg(picture: Uint8Array, name: string): string {
  const bytes = Buffer.from(picture)
  if (name.endsWith('.svg')) return bytes.toString('utf8')
  // A PNG tells its size in the first bytes of its header.
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  const image = `<image width="${width}" height="${height}" href="data:image/png;base64,${bytes.toString('base64')}"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${image}</svg>`
}
