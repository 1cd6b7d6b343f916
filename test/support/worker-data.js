/**
 * Keeps what the runner tells a process of tests about the run until that process asks for it. The runner answers the
 * first process that asks by telling all of them, once; one that was still starting would not hear it, and would wait
 * for ever (jest-light-runner 0.7.13). Node loads this before anything else.
 */
const QUESTION = 'jest-light-runner-get-worker-data';
const ANSWER = 'jest-light-runner-worker-data';

let heard;
const keep = (message) => {
  if (message?.type === ANSWER) heard = message;
};

// Not before the runner itself listens: a message that comes earlier waits for the first who does.
process.on('newListener', function join(event) {
  if (event !== 'message') return;
  process.off('newListener', join);
  process.on('message', keep);
});

const { send } = process;
if (send !== undefined) {
  process.send = (message, ...rest) => {
    if (message !== QUESTION || heard === undefined) return send.call(process, message, ...rest);
    process.nextTick(() => process.emit('message', heard));
    return true;
  };
}
