import { describe, expect, test } from 'vitest'
import { kindOfContent, safeName } from './attachment.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('what comes along with a message', () => {
  test('is told by its content', () => {
    expect(kindOfContent(bytes('%PDF-1.7 …'))).toBe('pdf')
    expect(kindOfContent(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]))).toBe('png')
    expect(kindOfContent(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe('jpeg')
    expect(kindOfContent(bytes('RIFF0000WEBPVP8 '))).toBe('webp')
    expect(kindOfContent(bytes('Mär 3 12:00:01 web kernel:\n\toom\r\n'))).toBe('text')
  })

  test('is nothing else: no program, no archive, no empty file', () => {
    expect(kindOfContent(new Uint8Array([0x4d, 0x5a, 0x90, 0x00]))).toBeNull()
    expect(kindOfContent(new Uint8Array([0x50, 0x4b, 0x03, 0x04]))).toBeNull()
    expect(kindOfContent(bytes('a\u0000b'))).toBeNull()
    expect(kindOfContent(new Uint8Array([0xe4]))).toBeNull()
    expect(kindOfContent(new Uint8Array())).toBeNull()
  })

  test('is saved by a plain name with an ending of its kind', () => {
    expect(safeName('../../etc/passwd', 'text')).toBe('passwd.txt')
    expect(safeName('C:\\Users\\ida\\kern.log', 'text')).toBe('kern.log')
    expect(safeName('Rechnung März.pdf.exe', 'pdf')).toBe('Rechnung März.pdf.exe.pdf')
    expect(safeName('"><script>.png', 'png')).toBe('___script_.png')
    expect(safeName('صورة.JPG', 'jpeg')).toBe('صورة.jpg')
    expect(safeName('...', 'webp')).toBe('file.webp')
    expect(safeName(`${'a'.repeat(300)}.pdf`, 'pdf')).toHaveLength(84)
  })
})
