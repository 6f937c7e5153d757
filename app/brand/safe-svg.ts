/** Elements and attributes a flat logo drawing needs; anything else in an SVG can load, run or hide something. */
const elements = new Set(['svg', 'g', 'path', 'rect', 'circle', 'ellipse', 'line', 'polygon', 'polyline', 'title', 'desc'])
const attributes = new Set([
  'xmlns',
  'viewbox',
  'width',
  'height',
  'd',
  'x',
  'y',
  'x1',
  'y1',
  'x2',
  'y2',
  'cx',
  'cy',
  'r',
  'rx',
  'ry',
  'points',
  'transform',
  'fill',
  'fill-rule',
  'clip-rule',
  'stroke',
  'stroke-width',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'role',
  'aria-label',
  'id',
])
const longestSvg = 200_000

/**
 * Whether `svg` is nothing but shapes: only listed elements and attributes, no declarations, no entities, no URLs.
 * Refusing is safe for a logo; cleaning by pattern would not be.
 */
export function isFlatSvg(svg: string): boolean {
  if (svg.length > longestSvg || /<[!?]|&|url\s*\(|\\/i.test(svg)) return false
  const tags = [...svg.matchAll(/<\s*(\/?)([^\s/>]*)([^<>]*)>/g)]
  if (tags.length !== [...svg].filter((character) => character === '<').length) return false
  return tags[0]?.[2] === 'svg' && tags.every(([, , name = '', rest = '']) => elements.has(name) && hasOnlyListedAttributes(rest))
}

function hasOnlyListedAttributes(text: string): boolean {
  const pattern = /\s+([a-z0-9-]+)\s*=\s*("[^"]*"|'[^']*')/gi
  const names = [...text.matchAll(pattern)].map((match) => match[1]?.toLowerCase() ?? '')
  return text.replace(pattern, '').replace('/', '').trim() === '' && names.every((name) => attributes.has(name))
}
