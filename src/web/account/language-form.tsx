import { useId, useState } from 'react';
import { changeLanguage } from '../../contract/api/session.js';
import type { Locale } from '../../contract/problem.js';
import type { Problem } from '../api.js';
import { languageNames, useLanguage } from '../messages/language.js';
import { ErrorText, Notice } from '../notice.js';
import { useSend } from '../session/send.js';
import { useSession } from '../session/session.js';
import { useAccount } from './words.js';

/** The language of the next sign-in, and of the page at once. */
export function LanguageForm() {
  const { user } = useSession();
  const { setLocale } = useLanguage();
  const { t, tell } = useAccount();
  const send = useSend();
  const id = useId();
  const [locale, setChosen] = useState<Locale>(user.locale);
  const [saved, setSaved] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async () => {
    const reply = await send(changeLanguage, { body: { locale } });
    setSaved(reply.ok);
    setProblem(reply.ok ? null : reply.problem);
    if (reply.ok) setLocale(locale);
  };
  return (
    <section className="part" aria-labelledby={id}>
      <h2 id={id}>{t.language}</h2>
      <p className="soft">{t.languageWhy}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div className="language-choice" role="radiogroup" aria-labelledby={id}>
          {languageNames.map(([code, name]) => (
            <label key={code} className="tick" lang={code}>
              <input
                type="radio"
                name={id}
                checked={code === locale}
                onChange={() => {
                  setChosen(code);
                  setSaved(false);
                }}
              />
              {name}
            </label>
          ))}
        </div>
        <button type="submit" className="button">
          {t.languageSave}
        </button>
        {saved && <Notice>{t.languageSaved}</Notice>}
        {problem !== null && <ErrorText>{tell(problem)}</ErrorText>}
      </form>
    </section>
  );
}
