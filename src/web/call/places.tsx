/** The ways between the parts of a handler's page. They change no address, so that the history tells nothing. */
import { useLanguage } from '../messages/language.js';

export type Place = 'call' | 'directory' | 'shift' | 'practice';

interface Props {
  readonly place: Place;
  readonly onGo: (place: Place) => void;
  /** How many calls the shift has. */
  readonly calls: number;
}

const order: readonly Place[] = ['call', 'directory', 'shift', 'practice'];

export function Places({ place, onGo, calls }: Props) {
  const { words } = useLanguage();
  const { label, shift, ...names } = words.call.places;
  return (
    <nav className="places" aria-label={label}>
      {order.map((one) => (
        <button
          key={one}
          type="button"
          className="link"
          aria-current={one === place ? 'page' : undefined}
          onClick={() => {
            onGo(one);
          }}
        >
          {one === 'shift' ? shift(calls) : names[one]}
        </button>
      ))}
    </nav>
  );
}
