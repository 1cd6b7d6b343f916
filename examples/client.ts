/** A client of the API, typed by the endpoints themselves. What comes back is held against their schemas. */
import { addressOf } from '../src/contract/api/address.js';
import type { Endpoint, InputOf, ResultOf } from '../src/contract/api/endpoint.js';
import { requestBody } from '../src/contract/api/padding.js';

/** What is thrown when the answer is a problem: its status, and the problem as it came. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problem: unknown,
  ) {
    super(`The answer is ${status}.`);
  }
}

/** Talks to the Tyst at an origin, such as `http://127.0.0.1:3000`, and keeps its cookies. */
export class Client {
  readonly #cookies = new Map<string, string>();

  constructor(readonly origin: string) {}

  call<const E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<ResultOf<E>>;
  async call(endpoint: Endpoint, { body, ...address }: InputOf<Endpoint>): Promise<unknown> {
    const sent = requestBody(endpoint, body);
    const response = await fetch(new URL(addressOf(endpoint, address), this.origin), {
      method: endpoint.method.toUpperCase(),
      headers: {
        'Accept-Language': 'en',
        Cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(sent === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    this.#keepCookies(response);
    const text = await response.text();
    const reply: unknown = text === '' ? undefined : JSON.parse(text);
    if (!response.ok) throw new Refused(response.status, reply);
    return endpoint.replies[response.status]?.schema?.parse(reply);
  }

  #keepCookies({ headers }: Response): void {
    for (const cookie of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
  }
}
