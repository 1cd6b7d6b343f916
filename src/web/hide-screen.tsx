/** Covers the screen at once when somebody comes by; everything below stays as it is. */
import { EyeOff } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { staysOpen } from './dialog.js';
import { useLanguage } from './messages/language.js';

/** No browser and no screen reader has a use of its own for it. */
const key = 'F2';

function Cover({ onShow }: { readonly onShow: () => void }) {
  const { words } = useLanguage();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const title = document.title;
    document.title = words.app;
    const show = () => {
      // The latest to be shown lies on top, over what may have opened since.
      if (element.open) element.close();
      element.showModal();
    };
    // Where the browser does not know `closedby`, a phone's gesture to go back still closes it.
    const onClose = () => {
      if (!element.open && element.isConnected) element.showModal();
    };
    element.addEventListener('close', onClose);
    const others = new MutationObserver((changes) => {
      if (
        changes.some(({ target }) => target !== element && target instanceof HTMLDialogElement && target.open)
      )
        show();
    });
    others.observe(document.body, { subtree: true, attributeFilter: ['open'] });
    show();
    return () => {
      others.disconnect();
      element.removeEventListener('close', onClose);
      element.close();
      document.title = title;
    };
  }, [words.app]);
  return (
    <dialog ref={dialog} className="cover" aria-labelledby="cover-title" {...staysOpen}>
      <h2 id="cover-title">{words.guard.hidden}</h2>
      <p className="soft">{words.guard.hiddenWhy}</p>
      <button type="button" className="button" onClick={onShow}>
        {words.guard.show}
      </button>
    </dialog>
  );
}

/** The event by which something else on the page asks for the cover. */
const asked = 'tyst-hide';

/** Covers the screen, as the button in the head of the page does. */
export const hideScreen = (): void => {
  document.dispatchEvent(new Event(asked));
};

export function HideScreen() {
  const { words } = useLanguage();
  const [hidden, setHidden] = useState(false);
  useEffect(() => {
    const hide = () => {
      setHidden(true);
    };
    document.addEventListener(asked, hide);
    return () => {
      document.removeEventListener(asked, hide);
    };
  }, []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== key || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      setHidden((before) => !before);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
  return (
    <>
      <button
        type="button"
        className="link hide"
        title={words.guard.hideWhat}
        onClick={() => {
          setHidden(true);
        }}
      >
        <EyeOff size={16} aria-hidden="true" />
        {words.guard.hide}
      </button>
      {hidden && (
        <Cover
          onShow={() => {
            setHidden(false);
          }}
        />
      )}
    </>
  );
}
