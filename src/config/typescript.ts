type TypeScript = (typeof import('ts-morph'))['ts']

let loading: Promise<TypeScript> | undefined

/** TypeScript's own API. It takes half a second to load, so only what cannot do without it asks for it. */
export function loadTypeScript(): Promise<TypeScript> {
  loading ??= import('ts-morph').then(({ ts }) => ts)
  return loading
}
