/** HTTP as bytes on a socket: sends what no client library would, and keeps every byte of the answer. */
import type { Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

export interface RawRequest {
  readonly method: string;
  /** As it stands in the request line: nothing is encoded. */
  readonly target: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Buffer;
  /** Sends the body in chunks of this many bytes, without saying how long it is. */
  readonly chunk?: number;
}

export interface RawReply {
  /** 0 when the server closed the connection without a word. */
  readonly status: number;
  /** By name in lower case; of several with one name the last. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Status line, headers and body as they came (bytes as Latin-1). */
  readonly text: string;
}

function inChunks(body: Buffer, size: number): Buffer {
  const parts: Buffer[] = [];
  for (let start = 0; start < body.length; start += size) {
    const part = body.subarray(start, start + size);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}

function bytesOf({ method, target, headers = [], body, chunk }: RawRequest): Buffer {
  const content = body === undefined ? null : Buffer.from(body);
  const length =
    content === null
      ? []
      : [chunk === undefined ? `Content-Length: ${content.length}` : 'Transfer-Encoding: chunked'];
  const host = headers.some(([name]) => name === 'Host') ? [] : ['Host: localhost'];
  const fields = headers.map(([name, value]) => `${name}: ${value}`);
  const head = [`${method} ${target} HTTP/1.1`, ...host, ...fields, ...length, 'Connection: close', '', ''];
  const sent = content === null ? [] : [chunk === undefined ? content : inChunks(content, chunk)];
  return Buffer.concat([Buffer.from(head.join('\r\n')), ...sent]);
}

function parseReply(text: string): RawReply {
  const end = text.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = text.slice(0, end === -1 ? text.length : end).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1] ?? 0);
  const body = end === -1 ? '' : Buffer.from(text.slice(end + 4), 'latin1').toString('utf8');
  return { status, headers: Object.fromEntries(headers), body, text };
}

/** Sends one request on a connection of its own and reads until the server closes it. */
export function sendRaw(server: Server, request: RawRequest): Promise<RawReply> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const received: Buffer[] = [];
    const done = () => {
      resolve(parseReply(Buffer.concat(received).toString('latin1')));
    };
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(bytesOf(request));
    });
    socket.setTimeout(30_000, () => {
      socket.destroy();
      reject(new Error('The server neither answered nor closed the connection.'));
    });
    socket.on('data', (bytes) => received.push(bytes));
    socket.on('close', done);
    // A server that refuses early may reset the connection; what it said before that counts.
    socket.on('error', () => undefined);
  });
}
