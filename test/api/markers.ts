/** Strings that no reply can hold by chance, for every place of a request where a string can stand. */
import fc from 'fast-check';
import { PASSWORD } from '../support/app.js';
import { nameOf, sampleBody, sampleParameter, samplePath, type Operation } from './operations.js';
import type { RawRequest } from './raw.js';

/**
 * In each string that is sent, and nowhere else in the world: short, so that ten characters of a quoted excerpt
 * give it away, and made of characters that no escaping changes and that tokens, receipts and names may have.
 */
export const MARK = '-q9_z';

/** The mark as it stands in what attacks, breaks parsers, or has the form of something of ours. */
const shapes = [
  MARK,
  `"${MARK}"`,
  `'${MARK}' OR '1'='1`,
  `<script>${MARK}</script>`,
  `%${MARK}%s%n`,
  `%ZZ${MARK}`,
  `%00${MARK}`,
  `${MARK}\u0000${MARK}`,
  `${MARK}\n${MARK}\r\n${MARK}`,
  `å${MARK}🙈\u202e${MARK}\ufeff`,
  `../../${MARK}`,
  `\${${MARK}}{{${MARK}}}`,
  `\\${MARK}\\u00`,
  `0${MARK}`,
  `2026-Q3${MARK}`,
  // What has the form of a receipt, of a token, of a name and of a file gets further in.
  `${MARK.repeat(4)}AA`,
  `${MARK.repeat(8)}AAA`,
  `a${MARK.repeat(4)}`,
  `a${MARK}.csv`,
  // 7 KiB.
  MARK.repeat(1433),
] as const;

/** Those that have broken databases and terminals before; few, because a password costs a quarter of a second. */
const nasty = shapes.filter((shape) => /[\0\n\u202e<]|^-q9_z$|AAA$/u.test(shape));

/** Any string with the mark in it. */
export const marked: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...shapes) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.string({ unit: 'binary', maxLength: 8 }), fc.string({ unit: 'grapheme', maxLength: 8 }))
      .map(([before, after]) => `${before}${MARK}${after}`),
  },
);

/** Any JSON with the mark in keys and values at any depth. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    marked,
    fc.constantFrom(null, true, 0, -1.5, ''),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(marked, tie('json'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

type Path = readonly (string | number)[];

/** The paths to every value in a body. */
const placesIn = (value: unknown, path: Path = []): Path[] =>
  typeof value !== 'object' || value === null
    ? [path]
    : [
        path,
        ...Object.entries(value).flatMap(([key, child]) =>
          placesIn(child, [...path, Array.isArray(value) ? Number(key) : key]),
        ),
      ];

/** A copy of a body with what is at a place changed. */
function changed(value: unknown, [key, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return (value as unknown[]).map((child, at) => (at === key ? changed(child, rest, change) : child));
  const object: Record<string, unknown> = { ...(value as object) };
  return { ...object, [key]: changed(object[key], rest, change) };
}

/** A sound body with a marked value, or a marked key, at some place of it. */
function spoilt(sound: object): fc.Arbitrary<string> {
  const places = placesIn(sound);
  const replaced = fc
    .tuple(fc.constantFrom(...places.slice(1)), fc.oneof({ weight: 2, arbitrary: marked }, json))
    .map(([place, value]) => changed(sound, place, () => value));
  const added = fc
    .tuple(fc.constantFrom(...places), marked, json)
    .map(([place, key, value]) =>
      changed(sound, place, (old) => (typeof old === 'object' ? { ...old, [key]: value } : { [key]: value })),
    );
  return fc.oneof(replaced, added).map((body) => JSON.stringify(body));
}

/** What is no JSON, with the mark where a parser would quote it. */
const malformed: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('', 'x', '{"a":', '{"a":x', '{"a":"', '[', '{', '{"a":1}', '{"a":tru'), marked)
  .map(([before, mark]) => before + mark);

export function anyBody(operation: Operation): fc.Arbitrary<string> {
  if (operation.requestBody === undefined) return fc.oneof(fc.constant(''), malformed);
  const sound = sampleBody(operation);
  const bodies = [sound, ...(nameOf(operation) === 'POST /api/v1/session' ? [rightCredentials] : [])];
  return fc.oneof(
    ...bodies.map((body) => ({ weight: 4, arbitrary: spoilt(body) })),
    { weight: 2, arbitrary: fc.constant(JSON.stringify(sound)) },
    { weight: 1, arbitrary: json.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: malformed },
  );
}

/** With a marked `code` beside them they sign somebody in. */
const rightCredentials = { username: 'handler', password: PASSWORD, code: '000000' };

// Not what the HTTP parser itself refuses: that would try the parser over and over, and not the routes.
const rawInPath = (text: string): string => text.replaceAll(/[^\x21-\x7e]|[?#]/g, '');

function anyParameter(name: string): fc.Arbitrary<string> {
  const sound = sampleParameter(name);
  return fc.oneof(
    { weight: 3, arbitrary: marked.map(encodeURIComponent) },
    { weight: 1, arbitrary: marked.map(rawInPath) },
    { weight: 2, arbitrary: fc.constant(sound) },
    { weight: 1, arbitrary: marked.map((text) => sound + encodeURIComponent(text)) },
  );
}

/** The operation's path with marked parameters, and often a query. */
export function anyTarget({ path }: Pick<Operation, 'path'>): fc.Arbitrary<string> {
  const parts = path.split('/').map((part) => {
    const name = /^\{(.*)\}$/.exec(part)?.[1];
    return name === undefined ? fc.constant(part) : anyParameter(name);
  });
  const query = fc.oneof(
    fc.constant(''),
    fc
      .tuple(marked, marked)
      .map(([key, value]) => `?${encodeURIComponent(key)}=${encodeURIComponent(value)}&${rawInPath(value)}`),
  );
  return fc.tuple(fc.tuple(...parts), query).map(([segments, rest]) => segments.join('/') + rest);
}

/** Every parameter of the path with every shape, one at a time. */
export function* everyTarget({ path }: Pick<Operation, 'path'>): Generator<string> {
  const names = [...path.matchAll(/\{([a-z]+)\}/gi)].map(([, name = '']) => name);
  for (const name of names) {
    for (const shape of shapes)
      yield samplePath({
        path: path.replace(`{${name}}`, encodeURIComponent(shape).replaceAll('$', '$$$$')),
      });
  }
}

/** Every place of the body with every nasty shape, one at a time: as a value, and as a key where there are keys. */
export function* everyBody(operation: Operation): Generator<string> {
  if (operation.requestBody === undefined) return;
  const sound = sampleBody(operation);
  for (const place of placesIn(sound).slice(1)) {
    for (const shape of nasty) yield JSON.stringify(changed(sound, place, () => shape));
  }
  for (const shape of nasty) {
    for (const place of placesIn(sound))
      yield JSON.stringify(
        changed(sound, place, (old) => (isRecord(old) ? { ...old, [shape]: shape } : old)),
      );
  }
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const inHeader = marked.map((text) => text.replaceAll(/\p{Cc}/gu, ' '));
const maybe = <T>(often: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 20 - often, arbitrary: fc.constant(null) }, { weight: often, arbitrary });

type Header = readonly [name: string, value: string];
const header = (name: string, often: number, values: fc.Arbitrary<string> = inHeader) =>
  maybe(
    often,
    values.map((value): Header => [name, value]),
  );

/** What somebody may send beside the body. Rarely what ends a request early, so that most get to the route. */
export const anyHeaders: fc.Arbitrary<Header[]> = fc
  .tuple(
    header(
      'Accept-Language',
      5,
      fc.oneof(
        inHeader,
        inHeader.map((text) => `en, ${text};q=0.5`),
      ),
    ),
    header('User-Agent', 10),
    header('Referer', 6),
    header(
      'Accept',
      3,
      fc.oneof(
        inHeader,
        inHeader.map((text) => `text/csv, ${text}`),
      ),
    ),
    header(
      'If-None-Match',
      3,
      fc.oneof(
        inHeader,
        inHeader.map((text) => `W/"${text}"`),
      ),
    ),
    header('If-Modified-Since', 4),
    header('Range', 4),
    header('Authorization', 4),
    header('X-Request-Id', 6),
    header('Traceparent', 4),
    header('X-Forwarded-Host', 4),
    header('X-Forwarded-Proto', 4),
    header(`X-${MARK}`, 6),
    header('Forwarded', 1),
    header(
      'Origin',
      1,
      fc.oneof(
        inHeader,
        inHeader.map((text) => `http://${text}`),
      ),
    ),
    header('Sec-Fetch-Site', 1),
    header('X-HTTP-Method-Override', 1),
    header('Content-Encoding', 1),
  )
  .map((headers) => headers.filter((one) => one !== null));

export const anyContentType: fc.Arbitrary<Header[]> = fc.oneof(
  { weight: 15, arbitrary: fc.constant<Header[]>([['Content-Type', 'application/json']]) },
  { weight: 1, arbitrary: inHeader.map((text): Header[] => [['Content-Type', text]]) },
  {
    weight: 1,
    arbitrary: inHeader.map((text): Header[] => [['Content-Type', `application/json; charset=${text}`]]),
  },
  { weight: 1, arbitrary: fc.constant<Header[]>([]) },
);

/** Makes a Cookie header around the session's own cookie, where there is one. */
export const anyCookie: fc.Arbitrary<(session: string | null) => string> = fc
  .tuple(inHeader, fc.constantFrom('whole', 'beside', 'instead'))
  .map(([text, way]) => (session: string | null) => {
    if (session !== null && way !== 'instead')
      return way === 'whole' ? session : `a=${text}; ${session}; ${text}=b`;
    return way === 'beside' ? text : `tyst_session=${way === 'whole' ? `${MARK.repeat(8)}AAA` : text}`;
  });

/** A request to somewhere that no route answers, or by a method that none takes, or that is hardly HTTP at all. */
export const anyStray: fc.Arbitrary<RawRequest> = fc.record({
  method: fc.constantFrom(
    'GET',
    'HEAD',
    'POST',
    'PATCH',
    'DELETE',
    'OPTIONS',
    'TRACE',
    MARK,
    MARK.toUpperCase(),
  ),
  target: fc
    .tuple(
      fc.constantFrom('/', '/api/v1/', '/api/v1/session/', '/assets/', '/statistics/', '', 'http://', '*'),
      fc.oneof(marked.map(encodeURIComponent), marked.map(rawInPath)),
    )
    .map((parts) => parts.join('')),
  headers: fc
    .tuple(anyHeaders, header('Host', 4), header('Expect', 4), header('X-Raw', 8, marked))
    .map(([headers, ...more]) => [...headers, ...more.filter((one) => one !== null)]),
  body: malformed,
});
