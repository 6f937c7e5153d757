import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { createSharpPress } from '#app/adapters/pictures/sharp-press.ts'
import { makeAttachments } from '#app/services/tickets/make-attachments.server.ts'

const press = createSharpPress()
const bytes = (text: string) => new TextEncoder().encode(text)
const make = (...uploads: { name: string; content: Uint8Array }[]) => makeAttachments(press, uploads)

async function photograph(format: 'png' | 'jpeg' | 'webp', width = 40): Promise<Uint8Array> {
  const picture = sharp({ create: { width, height: 20, channels: 3, background: '#0f6f78' } })
  return picture
    .withExif({ IFD0: { Copyright: 'Taken at home' } })
    .toFormat(format)
    .toBuffer()
}

describe('files that come along with a message', () => {
  test.each(['png', 'jpeg', 'webp'] as const)('a picture stays %s and tells nothing of where it was made', async (format) => {
    const upload = await photograph(format)
    expect(Buffer.from(upload).includes('Taken at home')).toBe(true)
    const made = await make({ name: 'IMG 1', content: upload })
    const [file] = made.ok ? made.value : []
    expect(file?.kind).toBe(format)
    expect(Buffer.from(file?.content ?? []).includes('Taken at home')).toBe(false)
    expect(await sharp(file?.content).metadata()).toMatchObject({ format, width: 40 })
  })

  test('a large picture is made smaller, text and PDF stay as they came', async () => {
    const large = await make({ name: 'wide.png', content: await photograph('png', 4000) })
    expect(await sharp(large.ok ? large.value[0]?.content : undefined).metadata()).toMatchObject({ width: 3000, height: 15 })
    const kept = await make({ name: 'a.log', content: bytes('oom') }, { name: 'b.pdf', content: bytes('%PDF-1.7 …') })
    expect(kept.ok && kept.value.map(({ name, content }) => [name, new TextDecoder().decode(content)])).toEqual([
      ['a.log', 'oom'],
      ['b.pdf', '%PDF-1.7 …'],
    ])
  })

  test('programs, broken pictures, drawings with scripts as pictures, too much and too many are refused', async () => {
    expect(await make({ name: 'a.pdf', content: new Uint8Array([0x4d, 0x5a, 0x90, 0]) })).toEqual({ ok: false, error: 'file-kind' })
    const broken = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2])
    expect(await make({ name: 'a.png', content: broken })).toEqual({ ok: false, error: 'file-kind' })
    const drawing = await make({ name: 'a.svg', content: bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>') })
    expect(drawing).toMatchObject({ ok: true, value: [{ kind: 'text', name: 'a.svg.txt' }] })
    const large = { name: 'a.txt', content: new Uint8Array(5 * 1024 * 1024 + 1).fill(65) }
    expect(await make(large)).toEqual({ ok: false, error: 'file-too-large' })
    const six = Array.from({ length: 6 }, (_, index) => ({ name: `${index}.txt`, content: bytes('a') }))
    expect(await make(...six)).toEqual({ ok: false, error: 'too-many-files' })
  })
})
