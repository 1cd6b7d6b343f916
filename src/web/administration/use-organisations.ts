/** The referral directory while one organisation of it is changed: what the server has, and what is not saved of it. */
import { useCallback, useState } from 'react';
import type { Directory, ListedOrganisation } from '../../contract/directory.js';
import type { Vocabulary } from '../../contract/vocabulary.js';
import { api, type Problem, type Reply } from '../api.js';
import { useLoaded } from '../loaded.js';
import { useSend } from '../session/send.js';
import {
  blank,
  draftOf,
  organisationId,
  organisationOf,
  sameOrganisation,
  type OrganisationDraft,
} from './organisation-draft.js';

/** The organisation whose form is open. */
interface Open {
  /** Null for a new one. */
  readonly id: string | null;
  readonly before: OrganisationDraft;
  readonly draft: OrganisationDraft;
}

/** What was done last. */
interface News {
  readonly what: 'saved' | 'added' | 'removed';
  readonly id: string;
  readonly name: string;
}

interface Loaded extends Directory {
  readonly vocabulary: Vocabulary;
}

async function load(): Promise<Reply<Loaded>> {
  const [directory, vocabulary] = await Promise.all([
    api<Directory>('GET', '/directory'),
    api<Vocabulary>('GET', '/vocabulary'),
  ]);
  if (!directory.ok) return directory;
  if (!vocabulary.ok) return vocabulary;
  return { ok: true, status: 200, body: { ...directory.body, vocabulary: vocabulary.body } };
}

export function useOrganisations() {
  const send = useSend();
  const { loaded, reload } = useLoaded(useCallback(load, []));
  const [open, setOpen] = useState<Open | null>(null);
  const [news, setNews] = useState<News | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const show = (next: Open | null) => {
    setOpen(next);
    setNews(null);
    setProblem(null);
  };
  const finish = (done: News) => {
    show(null);
    setNews(done);
    reload();
  };
  /** The id that it is stored under; a new one never takes another's place, even one that came a moment ago. */
  const idFor = async ({ id, draft }: Open): Promise<Reply<string>> => {
    if (id !== null) return { ok: true, status: 200, body: id };
    const reply = await send<Directory>('GET', '/directory');
    if (!reply.ok) return reply;
    const taken = reply.body.organisations.map((one) => one.id);
    return { ok: true, status: 200, body: organisationId(draft.name, taken) };
  };
  const save = async (): Promise<Problem | null> => {
    if (open === null) return null;
    const id = await idFor(open);
    if (!id.ok) return id.problem;
    const reply = await send('PUT', `/directory/${id.body}`, organisationOf(open.draft));
    if (!reply.ok) return reply.problem;
    finish({ what: open.id === null ? 'added' : 'saved', id: id.body, name: open.draft.name.trim() });
    return null;
  };
  const remove = async (id: string, name: string) => {
    const reply = await send('DELETE', `/directory/${id}`);
    // Somebody else may have removed it already.
    if (reply.ok || reply.problem.slug === 'not-found') finish({ what: 'removed', id, name });
    else setProblem(reply.problem);
  };

  return {
    loaded,
    reload,
    open,
    news,
    problem,
    unsaved: open !== null && !sameOrganisation(open.draft, open.before),
    openNew: () => {
      show({ id: null, before: blank, draft: blank });
    },
    openOne: (organisation: ListedOrganisation) => {
      const before = draftOf(organisation);
      show({ id: organisation.id, before, draft: before });
    },
    close: () => {
      show(null);
    },
    change: (draft: OrganisationDraft) => {
      setOpen((now) => now && { ...now, draft });
    },
    undo: () => {
      setOpen((now) => now && { ...now, draft: now.before });
    },
    save,
    remove,
  };
}
