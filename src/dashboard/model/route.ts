/** What the part of the address behind `#` asks for. */

export type Route = { readonly page: 'list' } | { readonly page: 'path'; readonly id: string };

const PATH = /^#\/paths\/([0-9a-f]{16})$/;

export function routeOf(hash: string): Route {
  const id = PATH.exec(hash)?.[1];
  return id === undefined ? { page: 'list' } : { page: 'path', id };
}

export function hashOf(route: Route): string {
  return route.page === 'path' ? `#/paths/${route.id}` : '#/';
}
