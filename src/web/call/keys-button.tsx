import { Keyboard } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../dialog.js';
import { useLanguage } from '../messages/language.js';
import type { FormVocabulary } from './form-vocabulary.js';

/** Shows which keys there are; letters only where a question has a field for them. */
export function KeysButton({ vocabulary }: { readonly vocabulary: FormVocabulary }) {
  const { words } = useLanguage();
  const { button, title, close, rows, search } = words.call.keys;
  const hasField = vocabulary.dimensions.some(({ layout }) => layout === 'search');
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
            {[...rows, ...(hasField ? [search] : [])].map(([key, what]) => (
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
