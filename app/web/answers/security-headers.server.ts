import type { RequestHandler } from 'express'
import helmet from 'helmet'

/**
 * The headers of every page. Only our own files and what carries this answer's nonce may run or style; nobody may frame us,
 * and we ourselves only what the brand editor previews.
 * The one exception is development, where Vite injects styles and talks over a web socket.
 */
export function securityHeaders(isDevelopment: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", (_request, response) => `'nonce-${nonceIn(response)}'`],
        styleSrc: isDevelopment ? ["'self'", "'unsafe-inline'"] : ["'self'", (_request, response) => `'nonce-${nonceIn(response)}'`],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: isDevelopment ? ["'self'", 'ws:'] : ["'self'"],
        frameSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: [(request) => (mayBeFramed(request.url ?? '') ? "'self'" : "'none'")],
      },
    },
    // Forms prove where they come from by their origin, which a stricter policy would hide from ourselves.
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
    xFrameOptions: { action: 'sameorigin' },
  })
}

function mayBeFramed(url: string): boolean {
  return url.startsWith('/office/brand/preview/')
}

function nonceIn(response: unknown): string {
  return (response as { locals: { nonce: string } }).locals.nonce
}
