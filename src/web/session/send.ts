/** Requests of a signed-in page. A session that has run out is renewed in place, and the request is sent again. */
import { useCallback } from 'react';
import type { Endpoint, ResultOf } from '../../contract/api/endpoint.js';
import { call, type Input, type Reply } from '../api.js';
import { useWithSession } from './with-session.js';

export type Send = <const E extends Endpoint>(endpoint: E, ...input: Input<E>) => Promise<Reply<ResultOf<E>>>;

export function useSend(): Send {
  const withSession = useWithSession();
  return useCallback((endpoint, ...input) => withSession(() => call(endpoint, ...input)), [withSession]);
}
