/** A page that waits for its numbers: it has its title already, for whoever goes by headings. */
import type { ComponentProps } from 'react';
import { Loading } from '../loaded.js';

interface Props extends ComponentProps<typeof Loading> {
  readonly title: string;
}

export function PageLoading({ title, ...rest }: Props) {
  return (
    <>
      <h1 className="visually-hidden">{title}</h1>
      <Loading {...rest} />
    </>
  );
}
