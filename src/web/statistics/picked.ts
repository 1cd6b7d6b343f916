/** Which period somebody has chosen to look at; it outlives the way to another page and back, and is kept nowhere else. */
import { createContext, useContext } from 'react';

interface Picked {
  /** Null as long as nobody has chosen. */
  readonly picked: string | null;
  readonly pick: (period: string) => void;
}

export const PickedContext = createContext<Picked>({ picked: null, pick: () => undefined });

export const usePicked = (): Picked => useContext(PickedContext);
