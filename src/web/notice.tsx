/** What the page says to the person: a quiet line, or an error with its mark. */
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
}

/** News that is read out without taking the focus. */
export function Notice({ children }: Props) {
  return (
    <p className="notice" role="status">
      {children}
    </p>
  );
}

/** What went wrong and what to do. Words and a mark, never colour alone; `quiet` where another text is read out. */
export function ErrorText({ children, quiet = false }: Props & { readonly quiet?: boolean }) {
  return (
    <span className="error" role={quiet ? undefined : 'alert'}>
      <CircleAlert size={16} aria-hidden="true" />
      <span>{children}</span>
    </span>
  );
}
