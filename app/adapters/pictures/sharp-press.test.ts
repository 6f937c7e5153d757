import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { createSharpPress } from './sharp-press.ts'

const press = createSharpPress()
const drawing = (content: string, root = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"${root}>${content}<rect width="8" height="8"/></svg>`
const cleaned = async (svg: string) => {
  const made = await press.clean(Buffer.from(svg))
  return made.ok ? { ...made.value, text: Buffer.from(made.value.content).toString('utf8') } : made.error
}

describe('a drawing', () => {
  test('of shapes and its own gradients stays a drawing', async () => {
    const svg = drawing(
      '<defs><linearGradient id="a"><stop offset="0" stop-color="#123456"></stop></linearGradient></defs><path fill="url(#a)" d="M0 0L8 8Z"></path>',
    )
    expect(await cleaned(svg)).toMatchObject({
      kind: 'svg',
      text: svg.replace('<rect width="8" height="8"/>', '<rect width="8" height="8"></rect>'),
    })
  })

  test.each([
    ['a script', drawing('<script>alert(1)</script>')],
    ['an upper-case script', drawing('<SCRIPT>alert(1)</SCRIPT>')],
    ['an event handler', drawing('<path onload="alert(1)" d="M0 0"/>')],
    ['an unquoted handler', drawing('<path onload=alert(1) d="M0 0"/>')],
    ['a handler on the root', drawing('', ' onload="alert(1)"')],
    ['a foreign object', drawing('<foreignObject><p>alert</p></foreignObject>')],
    ['an image from a file', drawing('<image href="file:///etc/passwd"/>')],
    ['an image from the network', drawing('<image xlink:href="http://169.254.169.254/latest"/>')],
    ['a reference', drawing('<use href="#alert"/>')],
    ['a paint from an address', drawing('<path fill="url(http://x.example#a)" d="M0 0"/>')],
    ['a tag broken over another', drawing('<path d="M0 0" <script>alert(1)</script>')],
    ['a link', drawing('<a href="javascript:alert(1)"><path d="M0 0"/></a>')],
    ['an animation', drawing('<animate attributeName="href" to="javascript:alert(1)"/>')],
    ['a declaration before it', `<?xml version="1.0"?><!-- alert -->${drawing('')}`],
  ])('with %s loses it', async (_name, svg) => {
    const made = await cleaned(svg)
    expect(made).toMatchObject({ kind: 'svg' })
    expect((made as { text: string }).text).not.toMatch(/alert|javascript|href|http:\/\/(?!www\.w3\.org)|file:|<\?|<!--/i)
  })

  test.each([
    ['a style sheet', drawing('<style>@import "http://x.example/a.css"; rect{fill:#f00}</style>')],
    ['styled elements', drawing('<path style="fill:url(http://x.example)" d="M0 0"/>')],
  ])('that needs %s is drawn once more as a photograph', async (_name, svg) => {
    expect(await cleaned(svg)).toMatchObject({ kind: 'png' })
  })

  test.each([
    ['entities', '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', 'picture-unsafe'],
    ['a page instead of a drawing', '<html><body><svg></svg></body></html>', 'picture-unreadable'],
    ['no words a drawing has', '<svg xmlns="http://www.w3.org/2000/svg"><path d="', 'picture-unreadable'],
    ['more letters than any logo', drawing(' '.repeat(200_001)), 'picture-too-large'],
  ])('with %s is refused', async (_name, svg, problem) => {
    expect(await cleaned(svg)).toBe(problem)
  })
})

describe('a photograph', () => {
  const plain = () => sharp({ create: { width: 40, height: 20, channels: 3, background: '#0f6f78' } })

  test('comes back as PNG without what the camera wrote into it', async () => {
    const upload = await plain()
      .jpeg()
      .withExif({ IFD0: { Copyright: 'Confidential', ImageDescription: 'At home' } })
      .toBuffer()
    expect(upload.includes('Confidential')).toBe(true)
    const made = await press.clean(upload)
    expect(made).toMatchObject({ ok: true, value: { kind: 'png' } })
    if (made.ok) {
      expect(Buffer.from(made.value.content).includes('Confidential')).toBe(false)
      expect(await sharp(made.value.content).metadata()).toMatchObject({ format: 'png', width: 40, height: 20 })
    }
  })

  test('is no larger than a page needs', async () => {
    const made = await press.clean(await plain().resize(3000, 1500).png().toBuffer())
    expect(made.ok && (await sharp(made.value.content).metadata())).toMatchObject({ width: 1200, height: 600 })
  })

  test('of 30,000 by 30,000 pixels is refused from its first bytes', async () => {
    const begin = process.memoryUsage().rss
    expect(await press.clean(hugePng(30_000))).toEqual({ ok: false, error: 'picture-too-large' })
    expect(process.memoryUsage().rss - begin).toBeLessThan(200_000_000)
  })

  test.each([
    ['words', Buffer.from('hello'), 'picture-unreadable'],
    ['half a file', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'picture-unreadable'],
    ['more bytes than any logo', Buffer.alloc(900_001), 'picture-too-large'],
    ['a film', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1'), 'picture-unreadable'],
  ])('that is %s is refused', async (_name, upload, error) => {
    expect(await press.clean(upload)).toEqual({ ok: false, error })
  })
})

test('an icon comes in three sizes, square', async () => {
  const icons = await press.icons({ content: readFileSync('tenants/lakeside/assets/favicon.svg'), kind: 'svg' })
  const sizes = await Promise.all(icons.map(async (icon) => sharp(icon).metadata()))
  expect(sizes.map(({ width, height, format }) => [width, height, format])).toEqual([
    [32, 32, 'png'],
    [180, 180, 'png'],
    [512, 512, 'png'],
  ])
})

test('a card shows logo and promise in both directions of writing, whatever signs they hold', async () => {
  const colours = { ground: '#ffffff', text: '#111111', accent: '#2f6b3f' }
  const logo = { content: readFileSync('tenants/nakhla/assets/logo.svg'), kind: 'svg' } as const
  const cards = [
    await press.card({ name: 'Nakhla', promise: 'خوادم ثابتة الجذور، واضحة السعر.', direction: 'rtl', logo, colours }),
    await press.card({ name: 'R&D <i>', promise: '</span><b>&amp; "x"', direction: 'ltr', logo: null, colours }),
  ]
  for (const card of cards) expect(await sharp(card).metadata()).toMatchObject({ width: 1200, height: 630, format: 'png' })
})

/** A PNG that says how large it is and holds next to nothing. */
function hugePng(side: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(1000))), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

function crc32(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}

test('a drawing becomes a PNG of twice what a mail shows, with nothing behind it', async () => {
  const content = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 20"><circle cx="10" cy="10" r="9" fill="#123456"/></svg>',
  )
  const { format, width, height, hasAlpha } = await sharp(await press.raster({ content, kind: 'svg' })).metadata()
  expect({ format, width, height, hasAlpha }).toEqual({ format: 'png', width: 480, height: 120, hasAlpha: true })
})
