/** Where to go after signing in: a path of our own, never another site. */
export function safeNext(asked: string | undefined): string {
  if (!asked || !/^\/(?![/\\])[^\\\s]*$/.test(asked) || asked.startsWith('/dang-')) return '/';
  return asked;
}
