import type { Result } from '#app/domain/shared/result.ts'

/** A picture that may be served: made anew from what was uploaded, or a drawing of which only shapes are left. */
export type CleanPicture = { readonly content: Uint8Array; readonly kind: 'svg' | 'png' }
export type PictureProblem = 'picture-unreadable' | 'picture-too-large' | 'picture-unsafe'

export type SharedCard = {
  readonly name: string
  readonly promise: string
  readonly direction: 'ltr' | 'rtl'
  /** The logo for light ground; without one the name stands in its place. */
  readonly logo: CleanPicture | null
  /** `#rrggbb` */
  readonly colours: { readonly ground: string; readonly text: string; readonly accent: string }
}

/** Makes the pictures of a brand and of people. Never reaches the network or files beyond its own fonts. */
export interface PicturePress {
  /**
   * What of an upload may be served. A photograph of at most 16 million pixels comes back as PNG of at most 1200 by 600 without its
   * metadata; a drawing comes back as flat shapes, or as PNG when it needs style sheets.
   */
  clean(upload: Uint8Array): Promise<Result<CleanPicture, PictureProblem>>
  /** The middle of a photograph as WebP, 256 by 256 pixels, upright and without its metadata. Drawings are refused. */
  portrait(upload: Uint8Array): Promise<Result<Uint8Array, PictureProblem>>
  /** A photograph in its own format and proportions, at most 3000 pixels wide or high, upright and without its metadata. Drawings are refused. */
  attachment(upload: Uint8Array): Promise<Result<Uint8Array, PictureProblem>>
  /** The picture as square PNG of 32, 180 and 512 pixels, its sides filled with nothing. */
  icons(picture: CleanPicture): Promise<readonly [Uint8Array, Uint8Array, Uint8Array]>
  /** The picture as PNG in its own proportions, at most 480 by 128 pixels: twice what a mail shows. */
  raster(picture: CleanPicture): Promise<Uint8Array>
  /** What stands for the store where a link to it is shared: PNG, 1200 by 630 pixels. */
  card(card: SharedCard): Promise<Uint8Array>
}
