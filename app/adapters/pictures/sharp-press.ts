import { createRequire } from 'node:module'
import sharp, { type Sharp } from 'sharp'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { CleanPicture, PicturePress, PictureProblem, SharedCard } from '#app/ports/picture-press.ts'
import { cleanDrawing } from './clean-drawing.ts'

const require = createRequire(import.meta.url)

const mostBytes = 900_000
const mostAttachedBytes = 5 * 1024 * 1024
const mostPixels = 16_000_000
const longestDrawing = 200_000
const photographs: readonly string[] = ['png', 'jpeg', 'webp']
const iconWidths = [32, 180, 512] as const
const nothing = { r: 0, g: 0, b: 0, alpha: 0 }
/** Drawings are rasterised this fine and then made smaller, so that edges stay sharp. */
const fine = 300

const fonts = {
  ltr: { name: 'Noto Sans SemiBold', file: '@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf' },
  rtl: { name: 'Noto Sans Arabic SemiBold', file: '@expo-google-fonts/noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf' },
} as const

/** Pictures by sharp; drawings are cleaned by DOMPurify first. */
export function createSharpPress(): PicturePress {
  return { clean, portrait, attachment, icons, raster, card }
}

async function clean(upload: Uint8Array): Promise<Result<CleanPicture, PictureProblem>> {
  if (upload.byteLength > mostBytes) return err('picture-too-large')
  const start = Buffer.from(upload.subarray(0, 1000))
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
  return start.startsWith('<') ? cleanSvg(Buffer.from(upload).toString('utf8')) : cleanPhotograph(upload)
}

async function cleanSvg(source: string): Promise<Result<CleanPicture, PictureProblem>> {
  if (source.length > longestDrawing) return err('picture-too-large')
  const drawing = await cleanDrawing(source)
  if (!drawing) return err('picture-unsafe')
  const content = Buffer.from(drawing.svg)
  const png = await attempt(() => withinLogo(sharp(content, { density: fine, limitInputPixels: mostPixels })))
  if (!png.ok) return png
  return drawing.isStyled ? png : ok({ content, kind: 'svg' })
}

function cleanPhotograph(upload: Uint8Array): Promise<Result<CleanPicture, PictureProblem>> {
  return photograph(upload, withinLogo)
}

async function portrait(upload: Uint8Array): Promise<Result<Uint8Array, PictureProblem>> {
  if (upload.byteLength > mostBytes) return err('picture-too-large')
  return photograph(upload, (picture) => picture.resize({ width: 256, height: 256, fit: 'cover' }).webp({ quality: 82 }).toBuffer())
}

async function attachment(upload: Uint8Array): Promise<Result<Uint8Array, PictureProblem>> {
  if (upload.byteLength > mostAttachedBytes) return err('picture-too-large')
  // Without a format of its own the picture keeps the one it came in.
  return photograph(upload, (picture) => picture.resize({ width: 3000, height: 3000, fit: 'inside', withoutEnlargement: true }).toBuffer())
}

/** Makes something of an upload that is a photograph of bearable size; its size is read before anything is unpacked. */
async function photograph<T>(upload: Uint8Array, make: (picture: Sharp) => Promise<T>): Promise<Result<T, PictureProblem>> {
  const head = await attempt(() => sharp(upload, { limitInputPixels: false }).metadata())
  if (!head.ok) return head
  const { format, width, height } = head.value
  if (!photographs.includes(format)) return err('picture-unreadable')
  if (width * height > mostPixels) return err('picture-too-large')
  return attempt(() => make(sharp(upload, { limitInputPixels: mostPixels }).rotate()))
}

async function withinLogo(picture: Sharp): Promise<CleanPicture> {
  const fitted = picture.resize({ width: 1200, height: 600, fit: 'inside', withoutEnlargement: true })
  return { content: await fitted.png({ compressionLevel: 9 }).toBuffer(), kind: 'png' }
}

/** The library tells a broken picture by throwing; what it says is for programmers. */
async function attempt<T>(work: () => Promise<T>): Promise<Result<T, PictureProblem>> {
  try {
    return ok(await work())
  } catch (failure) {
    return err(String(failure).includes('pixel limit') ? 'picture-too-large' : 'picture-unreadable')
  }
}

async function icons({ content }: CleanPicture): Promise<readonly [Uint8Array, Uint8Array, Uint8Array]> {
  const icon = (width: number) =>
    sharp(content, { density: fine }).resize({ width, height: width, fit: 'contain', background: nothing }).png().toBuffer()
  return Promise.all([icon(iconWidths[0]), icon(iconWidths[1]), icon(iconWidths[2])])
}

function raster({ content }: CleanPicture): Promise<Uint8Array> {
  return sharp(content, { density: fine, limitInputPixels: mostPixels })
    .resize({ width: 480, height: 128, fit: 'inside' })
    .png({ compressionLevel: 9 })
    .toBuffer()
}

async function card({ name, promise, direction, logo, colours }: SharedCard): Promise<Uint8Array> {
  const [width, height, margin] = [1200, 630, 96]
  const head = logo
    ? await sharp(logo.content, { density: fine })
        .resize({ width: 720, height: 120, fit: 'inside' })
        .png()
        .toBuffer({ resolveWithObject: true })
    : await words(name, { size: 64, colour: colours.text, direction })
  const body = await words(promise, { size: 68, colour: colours.text, direction })
  const rule = await sharp({ create: { width: 120, height: 8, channels: 3, background: colours.accent } })
    .png()
    .toBuffer()
  const left = (wide: number) => (direction === 'ltr' ? margin : width - margin - wide)
  return sharp({ create: { width, height, channels: 3, background: colours.ground } })
    .composite([
      { input: head.data, left: left(head.info.width), top: margin },
      { input: rule, left: left(120), top: 296 },
      { input: body.data, left: left(body.info.width), top: 340 },
    ])
    .png({ palette: true })
    .toBuffer()
}

type Words = { readonly size: number; readonly colour: string; readonly direction: 'ltr' | 'rtl' }

function words(text: string, { size, colour, direction }: Words) {
  const { name, file } = fonts[direction]
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return sharp({
    text: {
      text: `<span foreground="${colour}">${escaped}</span>`,
      font: `${name} ${size}`,
      fontfile: require.resolve(file),
      width: 1000,
      dpi: 72,
      rgba: true,
      align: direction === 'ltr' ? 'left' : 'right',
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true })
}
