import type { Plugin } from 'vite';

export function bareEndpoints(): Plugin;
