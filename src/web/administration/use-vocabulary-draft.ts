/** The draft of next quarter's vocabulary while it is edited: what the server has, and what is not saved of it. */
import { useCallback, useMemo, useState } from 'react';
import { getNextVocabulary, putNextVocabulary } from '../../contract/api/vocabulary.js';
import { draftErrors, plainDimensions } from '../../contract/draft-rules.js';
import type { Draft, DraftDimension } from '../../contract/vocabulary-draft.js';
import { call, type Problem } from '../api.js';
import { useLoaded } from '../loaded.js';
import { useSend } from '../session/send.js';
import { sameDraft, type Dimensions } from './editing.js';

/** Changes that nobody has but this tab, and the draft they were made to. */
export interface Unsaved {
  readonly draft: Draft;
  readonly dimensions: Dimensions;
}

export interface Store {
  readonly unsaved: Unsaved | null;
  readonly onChange: (unsaved: Unsaved | null) => void;
}

interface DraftError {
  readonly path: string;
  readonly code: string;
}

export type Saving =
  | { readonly name: 'idle' | 'sending' | 'saved' | 'same' | 'to-mend' }
  | { readonly name: 'failed'; readonly problem: Problem };

const isBlank = ({ sv, en }: { readonly sv: string; readonly en: string }) =>
  sv.trim() === '' || en.trim() === '';

/** Words that are not there: the server refuses them by their form, before any rule. */
const blanks = (dimensions: Dimensions): DraftError[] =>
  dimensions.flatMap(({ label, codes }, at) => {
    const path = `dimensions.${String(at)}`;
    return [
      ...(isBlank(label) ? [{ path: `${path}.label`, code: 'missing' }] : []),
      ...codes.flatMap((code, place) =>
        isBlank(code.label) ? [{ path: `${path}.codes.${String(place)}.label`, code: 'missing' }] : [],
      ),
    ];
  });

/** What is in effect now, as far as the rules ask: every code but those that this draft adds. */
const inEffect = (dimensions: Dimensions): DraftDimension[] =>
  dimensions.map((dimension) => ({
    ...dimension,
    codes: dimension.codes.filter(({ added }) => added !== true),
  }));

const load = () => call(getNextVocabulary);

export function useVocabularyDraft({ unsaved, onChange }: Store) {
  const send = useSend();
  const { loaded, reload } = useLoaded(useCallback(load, []));
  const [fresh, setFresh] = useState<Draft | null>(null);
  const [saving, setSaving] = useState<Saving>({ name: 'idle' });
  /** What is wrong is pointed out from the first attempt to save on. */
  const [attempted, setAttempted] = useState(false);
  const draft = unsaved?.draft ?? fresh ?? (loaded.status === 'here' ? loaded.body : null);
  const dimensions = unsaved?.dimensions ?? draft?.dimensions ?? [];

  const errors = useMemo<DraftError[]>(() => {
    if (draft === null) return [];
    const found = blanks(dimensions);
    return found.length > 0 ? found : draftErrors(plainDimensions(dimensions), inEffect(draft.dimensions));
  }, [draft, dimensions]);

  const edit = (changed: Dimensions) => {
    if (draft === null) return;
    setSaving({ name: 'idle' });
    onChange(sameDraft(changed, draft.dimensions) ? null : { draft, dimensions: changed });
  };
  /** Takes what the server has in place of what is here. */
  const discard = async () => {
    const reply = await send(getNextVocabulary);
    if (!reply.ok) {
      setSaving({ name: 'failed', problem: reply.problem });
      return;
    }
    setFresh(reply.body);
    setAttempted(false);
    setSaving({ name: 'idle' });
    onChange(null);
  };
  const put = async (changes: Unsaved) => {
    setSaving({ name: 'sending' });
    const { quarter, tag } = changes.draft;
    const body = { quarter, tag, dimensions: changes.dimensions };
    const reply = await send(putNextVocabulary, { body });
    if (!reply.ok) {
      setSaving({ name: 'failed', problem: reply.problem });
      return;
    }
    await discard();
    setSaving({ name: 'saved' });
  };
  const save = () => {
    if (saving.name === 'sending') return;
    if (unsaved === null) {
      setSaving({ name: 'same' });
      return;
    }
    setAttempted(true);
    if (errors.length > 0) setSaving({ name: 'to-mend' });
    else void put(unsaved);
  };

  return {
    loaded,
    reload,
    draft,
    dimensions,
    errors: attempted ? errors : [],
    saving,
    edit,
    save,
    undo: () => void discard(),
  };
}
