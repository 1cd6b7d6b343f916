/** The colours of the page's tokens as they are now. */
import { useEffect, useState } from 'react';
import { colourTokens, mostLines, type Colours } from './look.js';

function screenColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const plain = Object.fromEntries(Object.entries(colourTokens).map(([key, name]) => [key, token(name)]));
  const series = Array.from({ length: mostLines }, (_, index) => token(`--series-${index + 1}`));
  return { ...(plain as Record<keyof typeof colourTokens, string>), series };
}

/** The colours of the page, followed as it goes dark, light or to print. */
export function useColours(): Colours {
  const [colours, setColours] = useState(screenColours);
  useEffect(() => {
    const queries = ['(prefers-color-scheme: dark)', 'print'].map((query) => matchMedia(query));
    const read = () => {
      setColours(screenColours());
    };
    const attributes = new MutationObserver(read);
    attributes.observe(document.documentElement, { attributeFilter: ['class', 'data-theme'] });
    for (const query of queries) query.addEventListener('change', read);
    return () => {
      attributes.disconnect();
      for (const query of queries) query.removeEventListener('change', read);
    };
  }, []);
  return colours;
}
