/** The referral directory while one organisation of it is changed: what the server has, and what is not saved of it. */
import { useCallback, useState } from 'react';
import { getDirectory, putOrganisation, removeOrganisation } from '../../contract/api/directory.js';
import { getVocabulary } from '../../contract/api/vocabulary.js';
import type { Directory, ListedOrganisation } from '../../contract/directory.js';
import type { Vocabulary } from '../../contract/vocabulary.js';
import { call, type Problem, type Reply } from '../api.js';
import { useLoaded } from '../loaded.js';
import { useSend } from '../session/send.js';
import {
  blank,
  draftOf,
  fields,
  organisationId,
  organisationOf,
  rebase,
  sameField,
  sameOrganisation,
  type Field,
  type OrganisationDraft,
} from './organisation-draft.js';

/** What somebody else has done to the organisation while it was changed here. */
export type Meanwhile =
  | { readonly what: 'removed' }
  /** `theirs`: the fields that are other than they were. */
  | { readonly what: 'changed'; readonly theirs: readonly Field[] };

/** The organisation whose form is open. */
interface Open {
  /** Null for a new one. */
  readonly id: string | null;
  /** Names the state that the changes are made to; null where there is none. */
  readonly tag: string | null;
  readonly before: OrganisationDraft;
  readonly draft: OrganisationDraft;
  readonly meanwhile: Meanwhile | null;
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
  const [directory, vocabulary] = await Promise.all([call(getDirectory), call(getVocabulary)]);
  if (!directory.ok) return directory;
  if (!vocabulary.ok) return vocabulary;
  return { ok: true, status: 200, body: { ...directory.body, vocabulary: vocabulary.body } };
}

/** What is open, made anew to the newest state that there is of it. */
function toNewest(open: Open, organisations: readonly ListedOrganisation[]): Open {
  const found = organisations.find(({ id }) => id === open.id);
  if (found === undefined) return { ...open, tag: null, meanwhile: { what: 'removed' } };
  const newest = draftOf(found);
  const theirs = fields.filter((field) => !sameField(field, newest, open.before));
  return {
    ...open,
    tag: found.tag,
    before: newest,
    draft: rebase(open.draft, open.before, newest),
    meanwhile: { what: 'changed', theirs },
  };
}

/** A new organisation's id is taken by another so seldom that more attempts than this mean something else. */
const mostAttempts = 3;

export function useOrganisations() {
  const send = useSend();
  const { loaded, reload, replace } = useLoaded(useCallback(load, []));
  const [open, setOpen] = useState<Open | null>(null);
  const [news, setNews] = useState<News | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  /** The directory as it now stands at the server. */
  const newest = () => send(getDirectory);
  const show = (next: Open | null) => {
    setOpen(next);
    setNews(null);
    setProblem(null);
  };
  const leave = () => {
    // The list is older than what was found to have been done meanwhile.
    if (open?.meanwhile != null) reload();
    show(null);
  };
  /** Tells what was done beside the list as it then is: an older one would be changed from a state that is gone. */
  const finish = async (done: News) => {
    const reply = await newest();
    show(null);
    setNews(done);
    if (reply.ok && loaded.status === 'here') replace({ ...loaded.body, ...reply.body });
    else reload();
  };
  /** The id that it is stored under; a new one never takes another's place, even one that came a moment ago. */
  const idFor = async ({ id, draft }: Open): Promise<Reply<string>> => {
    if (id !== null) return { ok: true, status: 200, body: id };
    const reply = await newest();
    if (!reply.ok) return reply;
    const taken = reply.body.organisations.map((one) => one.id);
    return { ok: true, status: 200, body: organisationId(draft.name, taken) };
  };
  /** Takes in what somebody else has done meanwhile; what was typed stays. */
  const takeIn = async (changed: Open): Promise<Problem | null> => {
    const reply = await newest();
    if (!reply.ok) return reply.problem;
    setOpen(toNewest(changed, reply.body.organisations));
    return null;
  };
  const save = async (attempt = 1): Promise<Problem | null> => {
    if (open === null) return null;
    const id = await idFor(open);
    if (!id.ok) return id.problem;
    const body = { ...organisationOf(open.draft), tag: open.tag };
    const reply = await send(putOrganisation, { params: { organisation: id.body }, body });
    if (reply.ok) {
      await finish({ what: open.id === null ? 'added' : 'saved', id: id.body, name: open.draft.name.trim() });
      return null;
    }
    if (reply.problem.slug !== 'organisation-changed') return reply.problem;
    if (open.id !== null) return (await takeIn(open)) ?? reply.problem;
    return attempt < mostAttempts ? save(attempt + 1) : reply.problem;
  };
  const remove = async (id: string, name: string) => {
    const query = open?.tag == null ? {} : { tag: open.tag };
    const reply = await send(removeOrganisation, { params: { organisation: id }, query });
    // Somebody else may have removed it already.
    if (reply.ok || reply.problem.slug === 'not-found') await finish({ what: 'removed', id, name });
    else if (reply.problem.slug === 'organisation-changed' && open !== null) setProblem(await takeIn(open));
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
      show({ id: null, tag: null, before: blank, draft: blank, meanwhile: null });
    },
    openOne: (organisation: ListedOrganisation) => {
      const before = draftOf(organisation);
      show({ id: organisation.id, tag: organisation.tag, before, draft: before, meanwhile: null });
    },
    close: leave,
    change: (draft: OrganisationDraft) => {
      setOpen((now) => now && { ...now, draft });
    },
    undo: () => {
      // What somebody else has removed cannot be gone back to.
      if (open?.meanwhile?.what === 'removed') leave();
      else setOpen((now) => now && { ...now, draft: now.before, meanwhile: null });
    },
    save: () => save(),
    remove,
  };
}
