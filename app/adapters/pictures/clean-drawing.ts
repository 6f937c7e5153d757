import type { DOMPurify } from 'isomorphic-dompurify'

/** What a logo's drawing is made of. Anything else in an SVG can load, run or hide something. */
const shapes = ['svg', 'g', 'path', 'rect', 'circle', 'ellipse', 'line', 'polygon', 'polyline', 'title', 'desc']
const paints = ['defs', 'linearGradient', 'radialGradient', 'stop', 'clipPath', 'mask']
const geometry = ['d', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'fx', 'fy', 'points', 'transform', 'width', 'height']
const look = ['fill', 'fill-rule', 'fill-opacity', 'clip-rule', 'clip-path', 'mask', 'opacity']
const stroke = ['stroke', 'stroke-width', 'stroke-linecap', 'stroke-linejoin', 'stroke-miterlimit', 'stroke-opacity', 'stroke-dasharray']
const gradient = [
  'offset',
  'stop-color',
  'stop-opacity',
  'gradientUnits',
  'gradientTransform',
  'spreadMethod',
  'clipPathUnits',
  'maskUnits',
]
const others = ['xmlns', 'viewBox', 'preserveAspectRatio', 'role', 'aria-label', 'id']

/**
 * The drawing with only listed elements and attributes left; colours by reference only of its own paints. Undefined when it declares
 * entities or is no drawing. `isStyled` tells that its looks need style sheets, which are kept only for drawing it once more as PNG.
 */
export async function cleanDrawing(svg: string): Promise<{ readonly svg: string; readonly isStyled: boolean } | undefined> {
  if (/<!doctype|<!entity/i.test(svg)) return undefined
  // A whole document model for the server: loaded for the few who upload, not for everybody.
  const { default: purifier } = await import('isomorphic-dompurify')
  const isStyled = /<style|\sstyle\s*=|\sclass\s*=/i.test(svg)
  const cleaned = sanitise(purifier as unknown as DOMPurify, svg, isStyled)
    .replaceAll('&nbsp;', ' ')
    .trim()
  if (!cleaned.startsWith('<svg')) return undefined
  const named = /^<svg[^>]*\sxmlns=/.test(cleaned) ? cleaned : cleaned.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"')
  return { svg: named, isStyled }
}

function sanitise(purifier: DOMPurify, svg: string, withStyle: boolean): string {
  purifier.addHook('uponSanitizeAttribute', (_element, attribute) => {
    if (/url\s*\(/i.test(attribute.attrValue) && !/^url\(#[\w-]+\)$/.test(attribute.attrValue)) attribute.keepAttr = false
  })
  try {
    return purifier.sanitize(svg.replace(/^\s*<\?xml[^>]*\?>/, ''), {
      ALLOWED_TAGS: [...shapes, ...paints, ...(withStyle ? ['style'] : [])],
      ALLOWED_ATTR: [...geometry, ...look, ...stroke, ...gradient, ...others, ...(withStyle ? ['style', 'class'] : [])],
      ALLOW_DATA_ATTR: false,
      KEEP_CONTENT: false,
    })
  } finally {
    purifier.removeAllHooks()
  }
}
