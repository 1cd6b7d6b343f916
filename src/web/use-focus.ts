import { useEffect, useRef, type RefObject } from 'react';

/** Moves the focus to what has just come, so that it is read from there. */
export function useFocus<Element extends HTMLElement = HTMLHeadingElement>(): RefObject<Element | null> {
  const element = useRef<Element>(null);
  useEffect(() => {
    element.current?.focus();
  }, []);
  return element;
}
