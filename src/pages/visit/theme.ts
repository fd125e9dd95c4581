import type { FastifyRequest } from 'fastify';

export const themes = ['auto', 'light', 'dark'] as const;
/** `auto` follows the device's setting. */
export type Theme = (typeof themes)[number];
export const THEME_COOKIE = 'loa-theme';

export function themeOf(request: FastifyRequest): Theme {
  const chosen = request.cookies?.[THEME_COOKIE];
  return themes.find((one) => one === chosen) ?? 'auto';
}
