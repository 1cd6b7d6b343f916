import { Keyboard } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../dialog.js';
import { useLanguage } from '../messages/language.js';

/** Shows which keys there are. */
export function KeysButton() {
  const { words } = useLanguage();
  const { button, title, close, rows } = words.call.keys;
  const [open, setOpen] = useState(false);
  const shut = () => {
    setOpen(false);
  };
  return (
    <>
      <button
        type="button"
        className="button keys"
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
        }}
      >
        <Keyboard size={18} aria-hidden="true" />
        {button}
      </button>
      {open && (
        <Dialog title={title} onClose={shut} wide>
          <dl className="key-list">
            {rows.map(([key, what]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
          <button type="button" className="button primary" autoFocus onClick={shut}>
            {close}
          </button>
        </Dialog>
      )}
    </>
  );
}
