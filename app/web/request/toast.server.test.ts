import { describe, expect, it } from 'vitest'
import { toastCookie } from './cookies.server.ts'
import { takeToast } from './toast.server.ts'

/** The page after a deed, with the cookie that the deed set. */
async function taken(toast: string) {
  const origin = 'http://ahorn.localhost/office'
  const [cookie = ''] = (await toastCookie(new Request(origin)).serialize(toast)).split(';')
  return takeToast(new Request(origin, { headers: { cookie } }))
}

describe('what the page after a deed says', () => {
  it('is what the deed set, one word or two, and is taken away with it', async () => {
    for (const toast of ['saved', 'promotion.saved', 'server.start']) {
      const { toast: said, setCookie } = await taken(toast)
      expect(said).toBe(toast)
      expect(setCookie).toContain('Max-Age=0')
    }
  })

  it('is nothing when the cookie holds something else', async () => {
    for (const toast of ['', '<b>', 'a.b.c', '../x']) expect(await taken(toast)).toEqual({})
  })
})
