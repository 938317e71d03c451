// Talks with the node that served this page. A token is kept by this tab alone.
const KEY = 'cets-token';
const LIMIT_MILLIS = 10_000;

export class Unauthorized extends Error {}

export function keepToken(token) {
  sessionStorage.setItem(KEY, token);
}

async function ask(path, signal) {
  const token = sessionStorage.getItem(KEY);
  const response = await fetch(new URL(path, document.baseURI), {
    headers: token ? { Authorization: `Bearer ${token}` } : {},
    cache: 'no-store',
    signal,
  });
  if (response.status === 401) throw new Unauthorized(token ? 'refused' : 'none');
  if (!response.ok) throw new Error(await problem(response));
  return response;
}

async function problem(response) {
  try {
    return (await response.json()).detail;
  } catch {
    return `status ${response.status}`;
  }
}

export async function json(path) {
  return (await ask(path, AbortSignal.timeout(LIMIT_MILLIS))).json();
}

/** The lines of an answer of records. */
export async function lines(path, signal) {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MILLIS)]);
  const body = await (await ask(path, limit)).text();
  return body.split('\n').filter((line) => line !== '');
}

/**
 * Server-sent events, read by hand: an EventSource cannot show a token. Ends when the stream does;
 * a stream that is silent for longer than the node's signs of life is given up. With its first byte
 * everything is told from now on.
 */
async function events(path, signal, told, began, silence = 15_000) {
  const end = new AbortController();
  const stop = () => end.abort();
  signal.addEventListener('abort', stop, { once: true });
  let timer = setTimeout(stop, silence);
  try {
    const response = await ask(path, end.signal);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = '', first = true; ; first = false) {
      const { done, value } = await reader.read();
      if (done) return;
      if (first) began();
      clearTimeout(timer);
      timer = setTimeout(stop, silence);
      const parts = (rest + value).split('\n');
      rest = parts.pop();
      for (const line of parts) if (line.startsWith('data: ')) told(JSON.parse(line.slice(6)));
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    end.abort();
  }
}

/** Follows a stream for good: again a second after its end, whyever that was. */
export async function follow(path, signal, told, began) {
  while (!signal.aborted) {
    try {
      await events(path, signal, told, began);
    } catch {
      // The polls tell what is wrong.
    }
    await new Promise((done) => setTimeout(done, 1000));
  }
}
