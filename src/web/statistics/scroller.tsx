/** A box that its table scrolls in where there is too little room; it is reached by keyboard as long as it does. */
import { useEffect, useRef, useState, type ReactNode } from 'react';

interface Props {
  /** What is in it, for whoever comes to it by keyboard. */
  readonly label: string;
  readonly children: ReactNode;
}

export function Scroller({ label, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const { current } = box;
    if (current === null) return;
    const observer = new ResizeObserver(() => {
      setScrolls(current.scrollWidth > current.clientWidth);
    });
    // The table too: it grows as a hidden number explains itself.
    for (const each of [current, ...current.children]) observer.observe(each);
    return () => {
      observer.disconnect();
    };
  }, []);
  return (
    <div
      className="scroller"
      ref={box}
      {...(scrolls && { tabIndex: 0, role: 'region', 'aria-label': label })}
    >
      {children}
    </div>
  );
}
