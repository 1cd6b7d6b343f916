/** The second factor of one's own account: how it stands, and switching it on and off. */
import { useCallback, useId, useState } from 'react';
import {
  beginTwoFactor,
  getTwoFactor,
  removeTwoFactor,
  renewRecoveryCodes,
} from '../../contract/api/two-factor.js';
import type { TwoFactor, TwoFactorSecret } from '../../contract/own-account.js';
import { call, type Reply } from '../api.js';
import { Loading, useLoaded } from '../loaded.js';
import { Notice } from '../notice.js';
import { useSend } from '../session/send.js';
import { Codes, Proof, Secret } from './enrolment.js';
import { useAccount } from './words.js';

const load = () => call(getTwoFactor);

type Step =
  | { readonly name: 'resting' | 'turned-off' }
  | { readonly name: 'proof'; readonly wish: Wish }
  | { readonly name: 'secret'; readonly secret: TwoFactorSecret }
  | { readonly name: 'codes'; readonly codes: readonly string[] };
type Wish = 'on' | 'codes' | 'off';

const resting: Step = { name: 'resting' };

function Standing({ state, onWish }: { readonly state: TwoFactor; readonly onWish: (wish: Wish) => void }) {
  const { t } = useAccount();
  const button = (wish: Wish, label: string, kind = '') => (
    <button
      type="button"
      className={`button ${kind}`}
      onClick={() => {
        onWish(wish);
      }}
    >
      {label}
    </button>
  );
  if (!state.on)
    return (
      <>
        <p>{t.off}</p>
        <div className="buttons">{button('on', t.turnOn, 'primary')}</div>
      </>
    );
  return (
    <>
      <p>
        {t.on} {t.codesLeft(state.recoveryCodes)}
      </p>
      <div className="buttons">
        {button('codes', t.newCodes)}
        {button('on', t.otherApp)}
        {button('off', t.turnOff, 'danger')}
      </div>
    </>
  );
}

/** What follows the password, by what was wished for. */
function useWishes(onStep: (step: Step) => void) {
  const send = useSend();
  return async (wish: Wish, password: string): Promise<Reply<unknown>> => {
    if (wish === 'on') {
      const reply = await send(beginTwoFactor, { body: { password } });
      if (reply.ok) onStep({ name: 'secret', secret: reply.body });
      return reply;
    }
    if (wish === 'codes') {
      const reply = await send(renewRecoveryCodes, { body: { password } });
      if (reply.ok) onStep({ name: 'codes', codes: reply.body.recoveryCodes });
      return reply;
    }
    const reply = await send(removeTwoFactor, { body: { password } });
    if (reply.ok) onStep({ name: 'turned-off' });
    return reply;
  };
}

export function TwoFactorPart() {
  const { t } = useAccount();
  const id = useId();
  const { loaded, reload } = useLoaded(useCallback(load, []));
  const [step, setStep] = useState<Step>(resting);
  const goOn = (next: Step) => {
    setStep(next);
    reload();
  };
  const grant = useWishes(goOn);
  const rest = () => {
    goOn(resting);
  };
  return (
    <section className="part" aria-labelledby={id}>
      <h2 id={id}>{t.twoFactor}</h2>
      <p className="soft">{t.twoFactorWhy}</p>
      {step.name === 'turned-off' && <Notice>{t.turnedOff}</Notice>}
      {(step.name === 'resting' || step.name === 'turned-off') &&
        (loaded.status === 'here' ? (
          <Standing
            state={loaded.body}
            onWish={(wish) => {
              setStep({ name: 'proof', wish });
            }}
          />
        ) : (
          <Loading loaded={loaded} onRetry={reload} />
        ))}
      {step.name === 'proof' && <Proof ask={(password) => grant(step.wish, password)} onCancel={rest} />}
      {step.name === 'secret' && (
        <Secret
          secret={step.secret}
          onCodes={(codes) => {
            goOn({ name: 'codes', codes });
          }}
          onCancel={rest}
        />
      )}
      {step.name === 'codes' && <Codes codes={step.codes} onDone={rest} />}
    </section>
  );
}
