/** The address that a client asks at. */
import type { AddressOf, Endpoint } from './endpoint.js';

const entriesOf = (given: unknown) => Object.entries((given ?? {}) as Record<string, unknown>);

/** The path of an endpoint with its parameters filled in, and what is given of its query. */
export function addressOf<const E extends Endpoint>({ path }: E, { params, query }: AddressOf<E>): string {
  const values = new Map(entriesOf(params));
  const filled = path.replaceAll(/:([a-z]+)/gi, (_, name: string) => {
    const value = values.get(name);
    return typeof value === 'string' ? encodeURIComponent(value) : '';
  });
  const asked = new URLSearchParams();
  for (const [name, value] of entriesOf(query)) if (typeof value === 'string') asked.set(name, value);
  return asked.size === 0 ? filled : `${filled}?${asked.toString()}`;
}
