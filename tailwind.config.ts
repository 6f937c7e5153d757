import type { Config } from 'tailwindcss'

/** Where class names stand, and the type scale: seven sizes whose line heights sit on the four-pixel grid. */
export default {
  content: ['./app/**/*.{ts,tsx}'],
  theme: {
    fontSize: {
      xs: ['0.75rem', '1rem'],
      sm: ['0.875rem', '1.25rem'],
      base: ['1rem', '1.5rem'],
      lg: ['1.125rem', '1.75rem'],
      xl: ['1.375rem', '1.75rem'],
      '2xl': ['1.75rem', '2.25rem'],
      '3xl': ['2.25rem', '2.75rem'],
    },
  },
} satisfies Config
