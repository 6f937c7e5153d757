import { expect, test } from 'vitest'
import { isFlatSvg } from './safe-svg.ts'

const wrap = (content: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">${content}</svg>`

test('a drawing of paths and circles is flat', () => {
  expect(isFlatSvg(wrap('<g fill="#123456"><path d="M0 0L8 8Z"/><circle cx="4" cy="4" r="2" /></g>'))).toBe(true)
})

test.each([
  ['a script', wrap('<script>alert(1)</script>')],
  ['an upper-case script', wrap('<SCRIPT>alert(1)</SCRIPT>')],
  ['an event handler', wrap('<path onload="alert(1)" d="M0 0"/>')],
  ['an unquoted handler', wrap('<path onload=alert(1) d="M0 0"/>')],
  ['a handler on the root', '<svg onload="alert(1)"></svg>'],
  ['a foreign object', wrap('<foreignObject><p>x</p></foreignObject>')],
  ['an image from a file', wrap('<image href="file:///etc/passwd"/>')],
  ['an image from the network', wrap('<image xlink:href="http://169.254.169.254/latest"/>')],
  ['a reference', wrap('<use href="#a"/>')],
  ['a style sheet', wrap('<style>@import "http://x.example"</style>')],
  ['a style attribute', wrap('<path style="fill:url(http://x.example)" d="M0 0"/>')],
  ['a paint from a URL', wrap('<path fill="url(http://x.example#a)" d="M0 0"/>')],
  ['an entity', '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>'],
  ['a declaration', '<?xml version="1.0"?><svg></svg>'],
  ['a comment', wrap('<!-- --><path d="M0 0"/>')],
  ['a tag broken over another', wrap('<path d="M0 0" <script>')],
  ['a link', wrap('<a href="javascript:alert(1)"><path d="M0 0"/></a>')],
  ['an animation', wrap('<animate attributeName="href" to="javascript:alert(1)"/>')],
  ['no drawing at all', 'hello'],
])('a logo with %s is refused', (_name, svg) => {
  expect(isFlatSvg(svg)).toBe(false)
})
