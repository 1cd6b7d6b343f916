/** How the published numbers are to be read, for anybody: the pages of statistics and the reports point here. */
import { howToRead } from '../../contract/how-to-read.js';
import { useLanguage, useTitle } from '../messages/language.js';
import '../styles/about.css';
import { useFocus } from '../use-focus.js';

export function Page() {
  const { locale } = useLanguage();
  const { title, points } = howToRead[locale];
  const heading = useFocus();
  useTitle(title);
  return (
    <div className="page about method">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <dl className="besides">
        {Object.values(points).map(({ name, text }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
