/** A place in the head of the page that the page below it fills, such as the ways between its parts. */
import { createContext, useContext, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

export const HeaderPlace = createContext<HTMLElement | null>(null);

export function InHeader({ children }: { readonly children: ReactNode }) {
  const place = useContext(HeaderPlace);
  return place === null ? null : createPortal(children, place);
}
