export function sawAudited(routes: Iterable<string>): void;
export function mustBeAudited(routes: Iterable<string>): void;
export function unseenRoutes(): string[];
