import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';

/** One attempt to get into an account, both named as the caller likes: no store needs to know who they are. */
export type Attempt = { account: string; place: string };

export type Turn = {
  /** 0 where the attempt may be made now. */
  waitMs: number;
  /** Whether somebody got into the account from that place before. */
  isKnown: boolean;
};

/** How failures slow down what follows: not at all for so many, then twice as long after each further one. */
export type Slowdown = { free: number; baseMs: number; capMs: number; forgottenAfterMs: number };

export type AttemptRules = {
  /** Failures on one account from one place. */
  atPlace: Slowdown;
  /** Failures on one account from all places where nobody ever got in; these alone wait for it. */
  elsewhere: Slowdown;
};

/** Remembers failures and successes. Never fails. */
export type AttemptStore = {
  /** Gives an attempt its turn. Away from known places it counts as failed until its end is told: else any number
   *  could be made at once.
   *  @param hint.isKnown whether the caller knows otherwise that somebody got in from that place */
  open(attempt: Attempt, hint?: Pick<Turn, 'isKnown'>): Promise<Turn>;
  fail(attempt: Attempt): Promise<void>;
  /** Makes the place a known one. */
  succeed(attempt: Attempt, turn: Pick<Turn, 'isKnown'>): Promise<void>;
  /** Takes back an attempt that was never decided. */
  abandon(attempt: Attempt, turn: Pick<Turn, 'isKnown'>): Promise<void>;
  /** Forgets the account's known places and what was counted at this one; other counts end by themselves. Other
   *  processes may still know places that they saw. */
  forget(attempt: Attempt): Promise<void>;
};

/** A traveller's; an account has few usual places. */
const MAX_KNOWN_PLACES = 20;
const KNOWN_FOR_MS = 180 * 24 * 3_600 * 1000;
/** Of each kind: an attacker who names ever new accounts fills no memory. */
const MAX_LOCAL_ENTRIES = 20_000;

type Counter = { failures: number; nextAt: number };

export function delayAfter(failures: number, { free, baseMs, capMs }: Slowdown): number {
  return failures < free ? 0 : Math.min(capMs, baseMs * 2 ** Math.min(failures - free, 40));
}

type LocalAttemptStore = AttemptStore & { isKnown(attempt: Attempt): boolean };

/** Remembers in this process.
 *  @param now milliseconds of a clock that is never set back */
export function createLocalAttemptStore(
  rules: AttemptRules,
  now: () => number = () => performance.now(),
): LocalAttemptStore {
  const options = { max: MAX_LOCAL_ENTRIES, perf: { now }, ttlResolution: 0 };
  const known = new LRUCache<string, true>(options);
  const atPlaces = new LRUCache<string, Counter>(options);
  const elsewhere = new LRUCache<string, Counter>(options);
  const idOf = ({ account, place }: Attempt) => `${account} ${place}`;

  function count(counters: LRUCache<string, Counter>, key: string, slowdown: Slowdown): void {
    const failures = (counters.get(key)?.failures ?? 0) + 1;
    const counter = { failures, nextAt: now() + delayAfter(failures, slowdown) };
    counters.set(key, counter, { ttl: slowdown.forgottenAfterMs });
  }

  function release(account: string): void {
    const counter = elsewhere.get(account);
    if (!counter) return;
    counter.failures = Math.max(0, counter.failures - 1);
    if (counter.failures < rules.elsewhere.free) counter.nextAt = 0;
  }

  return {
    isKnown: (attempt) => known.has(idOf(attempt)),
    async open(attempt, hint) {
      const isKnown = hint?.isKnown === true || known.has(idOf(attempt));
      const counters = [atPlaces.get(idOf(attempt)), isKnown ? undefined : elsewhere.get(attempt.account)];
      const waitMs = Math.max(0, ...counters.map((counter) => (counter ? counter.nextAt - now() : 0)));
      if (waitMs === 0 && !isKnown) count(elsewhere, attempt.account, rules.elsewhere);
      return { waitMs, isKnown };
    },
    fail: async (attempt) => count(atPlaces, idOf(attempt), rules.atPlace),
    async succeed(attempt, { isKnown }) {
      known.set(idOf(attempt), true, { ttl: KNOWN_FOR_MS });
      atPlaces.delete(idOf(attempt));
      if (!isKnown) release(attempt.account);
    },
    async abandon({ account }, { isKnown }) {
      if (!isKnown) release(account);
    },
    async forget(attempt) {
      for (const id of [...known.keys()]) if (id.startsWith(`${attempt.account} `)) known.delete(id);
      atPlaces.delete(idOf(attempt));
      elsewhere.delete(attempt.account);
    },
  };
}

/** Remembers in Redis, for all instances together. While it is away each remembers for itself; the places it saw
 *  somebody get in from it knows in any case, so that a Redis without its memory locks nobody out. */
export function createRedisAttemptStore(redis: Redis, rules: AttemptRules): AttemptStore {
  const local = createLocalAttemptStore(rules);
  // In braces: what one script touches has to be in one slot of a cluster.
  const keysOf = ({ account, place }: Attempt) => [
    `limit:attempts:{${account}}:known`,
    `limit:attempts:{${account}}:at:${place}`,
    `limit:attempts:{${account}}:elsewhere`,
  ];
  const slowdownArgs = ({ free, baseMs, capMs, forgottenAfterMs }: Slowdown) => [
    free,
    baseMs,
    capMs,
    forgottenAfterMs,
  ];
  const run = async (script: string, attempt: Attempt, args: (string | number)[]) =>
    await redis.eval(CLOCK + COUNT + script, 3, ...keysOf(attempt), attempt.place, ...args);
  const isAway = () => redis.status !== 'ready';

  async function insured<Result>(
    work: () => Promise<Result>,
    instead: () => Promise<Result>,
  ): Promise<Result> {
    if (isAway()) return await instead();
    // Reported once by the client's error event.
    return await work().catch(instead);
  }

  return {
    open: async (attempt, given) =>
      await insured(
        async () => {
          const hint = given?.isKnown || local.isKnown(attempt) ? 1 : 0;
          const answer = await run(BEGIN, attempt, [hint, ...slowdownArgs(rules.elsewhere)]);
          const [waitMs, isKnown] = Array.isArray(answer) ? answer : [];
          return { waitMs: Number(waitMs), isKnown: isKnown === 1 };
        },
        () => local.open(attempt, given),
      ),
    fail: async (attempt) =>
      await insured(
        async () => void (await run(FAIL, attempt, slowdownArgs(rules.atPlace))),
        () => local.fail(attempt),
      ),
    async succeed(attempt, turn) {
      await local.succeed(attempt, turn);
      await insured(
        async () => {
          const args = [turn.isKnown ? 1 : 0, rules.elsewhere.free, MAX_KNOWN_PLACES, KNOWN_FOR_MS];
          await run(SUCCEED, attempt, args);
        },
        async () => undefined,
      );
    },
    abandon: async (attempt, turn) =>
      await insured(
        async () => void (await run(ABANDON, attempt, [turn.isKnown ? 1 : 0, rules.elsewhere.free])),
        () => local.abandon(attempt, turn),
      ),
    async forget(attempt) {
      await local.forget(attempt);
      await insured(
        async () => void (await redis.del(keysOf(attempt))),
        async () => undefined,
      );
    },
  };
}

// Redis's own clock: those of the instances differ.
const CLOCK = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

const COUNT = `
local function count(key, free, base, cap, ttl)
  local failures = redis.call('HINCRBY', key, 'failures', 1)
  local delay = 0
  if failures >= tonumber(free) then delay = math.min(cap, base * 2 ^ math.min(failures - free, 40)) end
  redis.call('HSET', key, 'next', string.format('%.0f', now + delay))
  redis.call('PEXPIRE', key, ttl)
end
local function release(key, free)
  if redis.call('EXISTS', key) == 0 then return end
  local failures = redis.call('HINCRBY', key, 'failures', -1)
  if failures < tonumber(free) then redis.call('HDEL', key, 'next') end
end
local function wait(key)
  return math.max(0, tonumber(redis.call('HGET', key, 'next') or '0') - now)
end
`;

const BEGIN = `
local known = ARGV[2] == '1' or redis.call('ZSCORE', KEYS[1], ARGV[1])
local longest = wait(KEYS[2])
if not known then longest = math.max(longest, wait(KEYS[3])) end
if longest == 0 and not known then count(KEYS[3], ARGV[3], ARGV[4], ARGV[5], ARGV[6]) end
return { longest, known and 1 or 0 }
`;

const FAIL = `
count(KEYS[2], ARGV[2], ARGV[3], ARGV[4], ARGV[5])
`;

const SUCCEED = `
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
redis.call('DEL', KEYS[2])
if ARGV[2] == '0' then release(KEYS[3], ARGV[3]) end
`;

const ABANDON = `
if ARGV[2] == '0' then release(KEYS[3], ARGV[3]) end
`;
