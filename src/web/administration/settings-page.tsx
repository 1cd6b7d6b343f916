/** What is set about the installation. */
import { useCallback, useId, useState, type SubmitEvent } from 'react';
import { getSettings, putSettings } from '../../contract/api/settings.js';
import type { Settings } from '../../contract/settings.js';
import { call, type Problem } from '../api.js';
import { Loading, useLoaded } from '../loaded.js';
import { useTitle } from '../messages/language.js';
import { ErrorText, Notice } from '../notice.js';
import { OpenReleasesField } from './open-releases-field.js';
import { useSend } from '../session/send.js';
import '../styles/parts.css';
import { useAdministration } from './words.js';

const load = () => call(getSettings);

type State =
  { readonly name: 'typing' | 'sending' | 'saved' } | { readonly name: 'failed'; readonly problem: Problem };

function SettingsForm({ settings }: { readonly settings: Settings }) {
  const { t, tell } = useAdministration();
  const send = useSend();
  const id = useId();
  const [organisation, setOrganisation] = useState(settings.organisation ?? '');
  const [open, setOpen] = useState(settings.openReleases);
  const [isOpen, setIsOpen] = useState(settings.openReleases);
  const [state, setState] = useState<State>({ name: 'typing' });
  const wrong = state.name === 'failed' && state.problem.slug === 'invalid-request';

  const save = async () => {
    setState({ name: 'sending' });
    const name = organisation.trim();
    const reply = await send(putSettings, {
      body: { organisation: name === '' ? null : name, openReleases: open },
    });
    if (reply.ok) setIsOpen(open);
    setState(reply.ok ? { name: 'saved' } : { name: 'failed', problem: reply.problem });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (state.name !== 'sending') void save();
  };
  return (
    <form onSubmit={submit} className="part">
      <div className="field">
        <label htmlFor={id}>{t.settings.organisation}</label>
        <p className="soft" id={`${id}-why`}>
          {t.settings.organisationWhy}
        </p>
        <input
          id={id}
          value={organisation}
          onChange={(event) => {
            setOrganisation(event.target.value);
            setState({ name: 'typing' });
          }}
          autoComplete="organization"
          maxLength={120}
          aria-invalid={wrong}
          aria-describedby={`${id}-why ${id}-error`}
        />
        <span id={`${id}-error`}>
          {state.name === 'failed' && <ErrorText>{wrong ? t.settings.wrong : tell(state.problem)}</ErrorText>}
        </span>
      </div>
      <OpenReleasesField
        open={open}
        isOpen={isOpen}
        onChange={(now) => {
          setOpen(now);
          setState({ name: 'typing' });
        }}
      />
      <button type="submit" className="button primary" aria-disabled={state.name === 'sending'}>
        {t.save}
      </button>
      {state.name === 'saved' && <Notice>{t.settings.saved}</Notice>}
    </form>
  );
}

export function SettingsPage() {
  const { t } = useAdministration();
  useTitle(t.settings.title);
  const { loaded, reload } = useLoaded(useCallback(load, []));
  return (
    <div className="page prose parts">
      <h1>{t.settings.title}</h1>
      {loaded.status === 'here' ? (
        <SettingsForm settings={loaded.body} />
      ) : (
        <Loading loaded={loaded} onRetry={reload} />
      )}
    </div>
  );
}
