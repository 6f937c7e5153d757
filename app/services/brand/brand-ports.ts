import type { BrandLanguage, BrandLook } from '#app/domain/brand/brand-content.ts'
import type { PicturePress, SharedCard } from '#app/ports/picture-press.ts'

/** What making brands needs of the outside. */
export type BrandPorts = {
  readonly press: PicturePress
  /** Whether every pair of colours that meet on a page reaches WCAG AA, in light and dark. */
  isLegible(look: BrandLook): boolean
  cardColours(look: BrandLook): SharedCard['colours']
  directionOf(language: BrandLanguage): 'ltr' | 'rtl'
}
