/** The steps of the second factor: the password, the secret with its first code, and the recovery codes. */
import { useEffect, useId, useRef, useState, type SubmitEvent } from 'react';
import { confirmTwoFactor } from '../../contract/api/two-factor.js';
import type { TwoFactorSecret } from '../../contract/own-account.js';
import type { Problem, Reply } from '../api.js';
import { ErrorText } from '../notice.js';
import { PasswordField } from '../session/password-field.js';
import { useSend } from '../session/send.js';
import { useFocus } from '../use-focus.js';
import { QrCode } from './qr-code.js';
import { useAccount } from './words.js';

interface ProofProps {
  /** Sends the password with what is asked for. */
  readonly ask: (password: string) => Promise<Reply<unknown>>;
  readonly onCancel: () => void;
}

/** Asks for the password before something that would outlast the session. */
export function Proof({ ask, onCancel }: ProofProps) {
  const { t, tell } = useAccount();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const form = useFocus<HTMLFormElement>();
  useEffect(() => {
    form.current?.querySelector('input')?.focus();
  }, [form]);
  const submit = async () => {
    const reply = await ask(password);
    if (!reply.ok) setProblem(reply.problem);
  };
  const wrong = problem?.slug === 'wrong-credentials';
  return (
    <form
      ref={form}
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        setProblem(null);
        void submit();
      }}
    >
      <p>{t.prove}</p>
      <PasswordField
        value={password}
        label={t.current}
        onChange={setPassword}
        autoComplete="current-password"
        error={wrong ? t.wrong : null}
      />
      {problem !== null && !wrong && <ErrorText>{tell(problem)}</ErrorText>}
      <div className="buttons">
        <button type="submit" className="button primary">
          {t.proceed}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}

interface SecretProps {
  readonly secret: TwoFactorSecret;
  readonly onCodes: (codes: readonly string[]) => void;
  readonly onCancel: () => void;
}

/** Shows the secret as a QR code and in groups of four, as apps take it, and asks for the first code. */
export function Secret({ secret, onCodes, onCancel }: SecretProps) {
  const { t, tell } = useAccount();
  const send = useSend();
  const id = useId();
  const heading = useFocus();
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const wrong = problem?.slug === 'invalid-request';
  const confirm = async () => {
    const reply = await send(confirmTwoFactor, { body: { code } });
    if (reply.ok) {
      onCodes(reply.body.recoveryCodes);
      return;
    }
    setProblem(reply.problem);
    field.current?.focus();
  };
  return (
    <form
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        setProblem(null);
        void confirm();
      }}
      noValidate
    >
      <h3 ref={heading} tabIndex={-1}>
        {t.secretTitle}
      </h3>
      <p>{t.secretWhy}</p>
      <div className="secret">
        <QrCode text={secret.address} label={t.qrCode} />
        <div>
          <p>{t.secretTyped}</p>
          <dl>
            <dt>{t.secret}</dt>
            <dd>{secret.secret.match(/.{1,4}/g)?.join(' ')}</dd>
          </dl>
          <a className="link" href={secret.address}>
            {t.openApp}
          </a>
        </div>
      </div>
      <div className="field">
        <label htmlFor={id}>{t.code}</label>
        <input
          ref={field}
          id={id}
          value={code}
          onChange={(event) => {
            setCode(event.target.value);
          }}
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck={false}
          maxLength={32}
          required
          aria-invalid={wrong}
          aria-describedby={`${id}-error`}
        />
        <span id={`${id}-error`}>
          {problem !== null && <ErrorText>{wrong ? t.codeWrong : tell(problem)}</ErrorText>}
        </span>
      </div>
      <div className="buttons">
        <button type="submit" className="button primary">
          {t.confirm}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}

interface CodesProps {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

/** The recovery codes, this one time. */
export function Codes({ codes, onDone }: CodesProps) {
  const { t } = useAccount();
  const heading = useFocus();
  return (
    <div className="recovery">
      <h3 ref={heading} tabIndex={-1}>
        {t.codesTitle}
      </h3>
      <p>{t.codesWhy}</p>
      <ul className="codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <button type="button" className="button primary" onClick={onDone}>
        {t.codesDone}
      </button>
    </div>
  );
}
