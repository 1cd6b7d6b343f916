import { useId, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';

/**
 * For a dialog that nothing closes but a choice in it: neither Escape nor a phone's gesture to go back, not even for the
 * moment in which the next key would reach the page below. Not every browser knows `closedby`.
 */
export const staysOpen = {
  closedby: 'none',
  onKeyDown: (event: KeyboardEvent) => {
    if (event.key === 'Escape') event.preventDefault();
  },
} as const;

interface Props {
  readonly title: string;
  /** Called when the person closes it, by Escape too. */
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** Lies over the page while it is in the tree; the focus goes back to where it was. */
export function Dialog({ title, onClose, wide = false, children }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the element leaves the page: only then does closing it give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={wide ? 'sheet wide' : 'sheet'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
