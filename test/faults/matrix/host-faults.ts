import type { Fault } from './fault.ts';

/** A global that the page, or the browser, does not have. */
function without(name: string, expect: Fault['expect'] = 'either', decides = true): Omit<Fault, 'kind'> {
  return {
    name: `there is no ${name}`,
    expect,
    decides,
    before: `{
      const path = '${name}'.split('.');
      const last = path.pop();
      const owner = path.reduce((from, key) => from[key], window);
      Object.defineProperty(owner, last, { value: undefined, configurable: true, writable: true });
    }`,
  };
}

const patched: readonly Omit<Fault, 'kind'>[] = [
  {
    name: 'fetch throws at once',
    expect: 'authored',
    code: 'E_PACK_FORMAT',
    before() {
      window.fetch = () => {
        throw new TypeError('blocked by an extension');
      };
    },
  },
  {
    name: 'fetch answers nothing at all',
    expect: 'authored',
    before() {
      window.fetch = (() => undefined) as unknown as typeof fetch;
    },
  },
  {
    name: 'fetch answers an object of its own',
    expect: 'authored',
    before() {
      window.fetch = (async () => ({
        ok: true,
        status: 200,
        json: async () => ({}),
      })) as unknown as typeof fetch;
    },
  },
  {
    name: 'fetch takes only text',
    expect: 'either',
    before() {
      const { fetch } = window;
      window.fetch = (address) => fetch((address as string).toLowerCase());
    },
  },
  {
    name: 'Promise is a library’s, and throws',
    expect: 'either',
    decides: false,
    before() {
      window.Promise = class {
        constructor() {
          throw new Error('no promise');
        }
      } as unknown as PromiseConstructor;
    },
  },
  {
    name: 'Promise is a library’s, without its newer functions',
    expect: 'either',
    decides: false,
    before() {
      const Native = Promise;
      window.Promise = function (this: unknown, run: ConstructorParameters<typeof Promise>[0]) {
        return new Native(run);
      } as unknown as PromiseConstructor;
    },
  },
  {
    name: 'a zone wraps Promise.prototype.then',
    expect: 'personalized',
    before() {
      const { then } = Promise.prototype;
      // biome-ignore lint/suspicious/noThenProperty: this is the fault
      Promise.prototype.then = function (this: Promise<unknown>, ...call: unknown[]) {
        return Reflect.apply(then, this, call);
      } as typeof then;
    },
  },
  {
    name: 'JSON.parse throws',
    expect: 'authored',
    before() {
      JSON.parse = () => {
        throw new SyntaxError('no');
      };
    },
  },
  {
    name: 'JSON is a library’s, and wraps what it reads',
    expect: 'authored',
    before() {
      const { parse } = JSON;
      JSON.parse = (text) => ({ value: parse(text) });
    },
  },
  {
    name: 'an old library gives every object toJSON',
    expect: 'either',
    before() {
      Object.assign(Array.prototype, { toJSON: () => '[]' });
      Object.assign(String.prototype, { toJSON: () => '""' });
      Object.assign(Object.prototype, { toJSON: () => '{}' });
    },
  },
  {
    name: 'an old library extends arrays and elements, to be seen by for…in',
    expect: 'personalized',
    before() {
      const extension = {
        each() {},
        first: () => undefined,
        last: () => undefined,
        without: () => [],
        include: () => false,
      };
      Object.assign(Array.prototype, extension);
      Object.assign(Element.prototype, { show() {}, hide() {}, update() {}, visible: () => true });
      Object.assign(Function.prototype, { bindAsEventListener() {}, curry() {} });
      Object.assign(String.prototype, { stripTags: () => '', evalJSON: () => null });
    },
  },
  {
    name: 'an old library has its own map, filter and find',
    expect: 'either',
    decides: false,
    before() {
      const loose = { map: () => [], filter: () => [], find: () => undefined, some: () => false };
      Object.assign(Array.prototype, loose);
    },
  },
  {
    name: 'Array.prototype.map throws',
    expect: 'authored',
    decides: false,
    before() {
      Array.prototype.map = () => {
        throw new Error('no map');
      };
    },
  },
  {
    name: 'arrays cannot be iterated',
    expect: 'either',
    decides: false,
    before() {
      Object.assign(Array.prototype, {
        [Symbol.iterator]() {
          throw new Error('no iterator');
        },
      });
    },
  },
  {
    name: 'Object.prototype has text and numbers in it',
    expect: 'either',
    before() {
      const common = {
        id: 'polluted',
        k: 1,
        type: 'polluted',
        late: true,
        item: 'x',
        slot: 'x',
        now: 7,
        value: 1,
      };
      Object.assign(Object.prototype, common);
    },
  },
  {
    name: 'Object.prototype says of every property that it is read only',
    expect: 'either',
    before() {
      Object.assign(Object.prototype, { writable: false, configurable: false, enumerable: false });
    },
  },
  {
    name: 'Object.prototype has a getter that throws',
    expect: 'either',
    before() {
      for (const name of ['inline', 'experiments', 'adapt', 'diversity', 'override', 'neutral']) {
        Object.defineProperty(Object.prototype, name, {
          configurable: true,
          set() {},
          get() {
            throw new Error('polluted');
          },
        });
      }
    },
  },
  {
    name: 'every object is thenable',
    expect: 'either',
    decides: false,
    before() {
      Object.defineProperty(Object.prototype, 'then', { configurable: true, value() {} });
    },
  },
  {
    name: 'the prototypes are frozen',
    expect: 'personalized',
    before() {
      for (const { prototype } of [Object, Array, Function, Promise, String, Map, Set, Error])
        Object.freeze(prototype);
    },
  },
  {
    name: 'the intrinsics are frozen, as by SES',
    expect: 'personalized',
    before() {
      for (const frozen of [Object, Array, Function, Promise, String, Map, Set, Error, JSON, Math, Reflect]) {
        Object.freeze(frozen);
        if ('prototype' in frozen) Object.freeze(frozen.prototype);
      }
    },
  },
  {
    name: 'timers never fire',
    expect: 'either',
    before() {
      window.setTimeout = (() => 1) as unknown as typeof setTimeout;
    },
  },
  {
    name: 'timers fire at once, while they are set',
    expect: 'either',
    before() {
      window.setTimeout = ((fn: () => void) => {
        fn();
        return 1;
      }) as unknown as typeof setTimeout;
    },
  },
  {
    name: 'requestAnimationFrame never calls',
    expect: 'either',
    before() {
      window.requestAnimationFrame = () => 1;
    },
  },
  {
    name: 'addEventListener is a library’s, and knows no options',
    expect: 'personalized',
    before() {
      const { addEventListener } = EventTarget.prototype;
      EventTarget.prototype.addEventListener = function (this: EventTarget, type: string, listener: unknown) {
        addEventListener.call(this, type, listener as EventListener);
      };
    },
  },
  {
    name: 'querySelectorAll answers an array',
    expect: 'personalized',
    before() {
      const { querySelectorAll } = Document.prototype;
      document.querySelectorAll = function (selector: string) {
        return [...querySelectorAll.call(this, selector)] as unknown as NodeListOf<Element>;
      };
    },
  },
  {
    name: 'randomness throws',
    expect: 'authored',
    decides: false,
    before() {
      crypto.getRandomValues = () => {
        throw new DOMException('no', 'OperationError');
      };
    },
  },
  {
    name: 'the console throws',
    expect: 'personalized',
    before() {
      for (const level of ['log', 'warn', 'error', 'info'] as const) {
        console[level] = () => {
          throw new Error('no console');
        };
      }
    },
  },
  {
    name: 'the getters of navigator throw',
    expect: 'either',
    decides: false,
    before() {
      for (const name of [
        'userAgent',
        'language',
        'languages',
        'globalPrivacyControl',
        'webdriver',
        'connection',
      ]) {
        Object.defineProperty(navigator, name, {
          get() {
            throw new Error('no');
          },
        });
      }
    },
  },
  {
    name: 'matchMedia throws',
    expect: 'either',
    before() {
      window.matchMedia = () => {
        throw new Error('no');
      };
    },
  },
  {
    name: 'the site has its own global named inkling',
    expect: 'authored',
    decides: false,
    before() {
      Object.assign(window, { inkling: { mine: true } });
    },
  },
  {
    name: 'the global named inkling cannot be set',
    expect: 'either',
    decides: false,
    before() {
      Object.defineProperty(window, 'inkling', { value: undefined });
    },
  },
];

const absent: readonly Omit<Fault, 'kind'>[] = [
  without('IntersectionObserver', 'personalized'),
  without('MutationObserver', 'personalized'),
  without('PerformanceObserver'),
  without('WebAssembly', 'personalized'),
  without('crypto.subtle', 'authored'),
  without('crypto.randomUUID', 'personalized'),
  without('Intl'),
  without('TextDecoder'),
  without('structuredClone', 'personalized'),
  without('queueMicrotask', 'personalized'),
  without('URLSearchParams', 'personalized'),
  without('URL', 'authored', false),
  without('Map', 'authored', false),
  without('matchMedia'),
  without('performance'),
  without('AbortSignal', 'personalized'),
  without('Element.prototype.replaceChildren'),
  without('Element.prototype.moveBefore', 'personalized'),
  without('customElements', 'personalized'),
];

export const HOST_FAULTS: readonly Fault[] = [...patched, ...absent].map((fault) => ({
  ...fault,
  kind: 'host',
}));
