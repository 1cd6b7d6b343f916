/**
 * Exact discrete Gaussian noise: P(x) is proportional to exp(-x^2 / (2 sigma^2)) over the integers. What is published
 * is the sum of two exact discrete Gaussians.
 *
 * Source: Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy" (2020, arXiv
 * 2004.00010), algorithms 1 to 3. Everything is integer arithmetic on fresh random bits, because a
 * floating-point sampler leaves gaps in its output that tell a true count from its neighbour.
 *
 * What the running time may leak: a draw takes longer when the sampler rejects a candidate and when the
 * candidates are large, so whoever timed one single draw to the nanosecond would learn a little about
 * that draw's size, and never anything about a count, which this file does not see. It does not matter
 * here: all queries are drawn in one go, once per quarter and once per close, in the keeper, which answers nobody, and the
 * time that could be seen from outside is that of the whole transaction.
 */

/** Fills and returns `bytes` fresh random bytes; in production node:crypto's randomBytes. */
export type RandomSource = (bytes: number) => Uint8Array;

/** An exact positive rational. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A uniform integer in 0 .. n - 1, for n >= 1: the only randomness the algorithms below see. */
export type Uniform = (n: bigint) => bigint;

/** Bits in one piece of a large integer: with 7 left over and 8 read ahead, int32 operators still hold. */
const PIECE = 24;
const PIECE_WIDTH = 24n;
/** Bytes asked of the source at a time; a call to the operating system for each bit would be slow. */
const BLOCK = 64;
/** Under this bound no draw can leave the safe integers: it would lie 2^21 standard deviations out. */
const SIGMA2_LIMIT = 1n << 64n;

/**
 * One draw. Throws RangeError if sigma2 is not positive (or is 2^64 or more, where a draw might not be an
 * exact number), or if `random` gives fewer bytes than asked for.
 */
export function drawDiscreteGaussian(sigma2: Rational, random: RandomSource): number {
  return Number(discreteGaussian(sigma2, uniformFrom(random))());
}

/**
 * One share of a query's noise: half its variance. A query gets two, drawn apart, so that what is published is the sum
 * of two exact discrete Gaussians (`forTwoShares` in the contract says what the sum costs). One draw for each of the
 * variances, in their order. Throws RangeError as `drawDiscreteGaussian` does.
 */
export function drawShares(sigma2s: readonly Rational[], random: RandomSource): number[] {
  const uniform = uniformFrom(random);
  const samplers = new Map<string, () => bigint>();
  return sigma2s.map(({ numerator, denominator }) => {
    const name = `${numerator}/${denominator}`;
    const draw =
      samplers.get(name) ?? discreteGaussian({ numerator, denominator: 2n * denominator }, uniform);
    samplers.set(name, draw);
    return Number(draw());
  });
}

/**
 * Algorithm 3, as a function that draws: a discrete Laplace candidate y is kept with probability exp(-gamma),
 * gamma = (|y| - sigma^2 / t)^2 / (2 sigma^2) = (|y| d t - n)^2 / (2 n d t^2), where sigma^2 = n / d and
 * t = floor(sigma) + 1. Throws RangeError as `drawDiscreteGaussian` does.
 */
function discreteGaussian({ numerator: n, denominator: d }: Rational, uniform: Uniform): () => bigint {
  if (n <= 0n || d <= 0n) throw new RangeError('sigma^2 must be a positive rational');
  if (n >= SIGMA2_LIMIT * d) throw new RangeError('sigma^2 must be below 2^64');
  const t = floorSqrt(n / d) + 1n;
  const gammaDenominator = 2n * n * d * t * t;
  return () => {
    for (;;) {
      const candidate = discreteLaplace(t, uniform);
      const distance = (candidate < 0n ? -candidate : candidate) * d * t - n;
      if (bernoulliExp(distance * distance, gammaDenominator, uniform)) return candidate;
    }
  };
}

/** Algorithm 2 with s = 1: the discrete Laplace distribution, P(x) proportional to exp(-|x| / t). */
function discreteLaplace(t: bigint, uniform: Uniform): bigint {
  for (;;) {
    const remainder = uniform(t);
    if (!bernoulliExp(remainder, t, uniform)) continue;
    let quotient = 0n;
    while (bernoulliExp(1n, 1n, uniform)) quotient += 1n;
    const size = remainder + t * quotient;
    const negative = uniform(2n) === 1n;
    // Zero has no sign; without this restart it would come up twice as often as it should.
    if (negative && size === 0n) continue;
    return negative ? -size : size;
  }
}

/**
 * Algorithm 1: true with probability exp(-numerator / denominator), for numerator >= 0 and denominator > 0.
 * exp(-gamma) is split as exp(-1) per whole unit of gamma, times exp(-rest).
 */
export function bernoulliExp(numerator: bigint, denominator: bigint, uniform: Uniform): boolean {
  for (let whole = numerator / denominator; whole > 0n; whole -= 1n) {
    if (!bernoulliExpUpToOne(1n, 1n, uniform)) return false;
  }
  return bernoulliExpUpToOne(numerator % denominator, denominator, uniform);
}

/**
 * Algorithm 1 for gamma in [0, 1]. The loop passes step k with probability gamma / k, so it ends at step k
 * with probability gamma^(k-1)/(k-1)! - gamma^k/k!; summed over odd k that is the series of exp(-gamma).
 */
function bernoulliExpUpToOne(numerator: bigint, denominator: bigint, uniform: Uniform): boolean {
  let k = 1n;
  while (uniform(denominator * k) < numerator) k += 1n;
  return k % 2n === 1n;
}

/** The whole part of the square root of n >= 0 (Newton's method from above, in integers). */
function floorSqrt(n: bigint): bigint {
  let root = n;
  let next = (n + 1n) / 2n;
  while (next < root) {
    root = next;
    next = (root + n / root) / 2n;
  }
  return root;
}

/**
 * Unbiased uniform integers from random bytes. Takes as many bits as n - 1 has and starts again when they
 * come out too large: taking a remainder instead would favour the small values.
 */
export function uniformFrom(random: RandomSource): Uniform {
  const bits = bitsFrom(random);
  return (n) => {
    let top = n - 1n;
    let pieces = 0;
    for (; top >> PIECE_WIDTH > 0n; top >>= PIECE_WIDTH) pieces += 1;
    const topWidth = 32 - Math.clz32(Number(top));
    for (;;) {
      let value = BigInt(bits(topWidth));
      for (let piece = 0; piece < pieces; piece += 1) value = (value << PIECE_WIDTH) | BigInt(bits(PIECE));
      if (value < n) return value;
    }
  };
}

/**
 * Deals out the bits of `random`'s bytes, each bit once, most significant first: `count` bits (0 to 24) at
 * a time, as an integer in 0 .. 2^count - 1.
 */
function bitsFrom(random: RandomSource): (count: number) => number {
  let block = new Uint8Array(BLOCK);
  let position = BLOCK;
  let pool = 0;
  let held = 0;
  return (count) => {
    while (held < count) {
      if (position === BLOCK) {
        // A copy, because a source may hand out the same buffer again and again.
        block = Uint8Array.from(random(BLOCK));
        position = 0;
      }
      const byte = block[position];
      // A source that runs dry must stop the close; it must never turn into quiet zeros.
      if (byte === undefined) throw new RangeError('the random source gave too few bytes');
      position += 1;
      pool = (pool << 8) | byte;
      held += 8;
    }
    held -= count;
    const taken = pool >>> held;
    pool &= (1 << held) - 1;
    return taken;
  };
}
