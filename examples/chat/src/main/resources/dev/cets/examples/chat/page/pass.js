// What lets somebody go on at another node under the same name: kept as long as the tab, and
// handed over behind the # of a link, which no server is told.
const KEY = 'pass';

/** What was handed over, or kept; null: nothing. */
export function load() {
  const handed = new URLSearchParams(location.hash.slice(1));
  if (handed.has('token')) {
    keep(Object.fromEntries(handed));
    history.replaceState(null, '', location.pathname);
  }
  return JSON.parse(sessionStorage.getItem(KEY));
}

export function keep({ name, room, token }) {
  sessionStorage.setItem(KEY, JSON.stringify({ name, room, token }));
}

export function forget() {
  sessionStorage.removeItem(KEY);
}

/** A link to the page of another node. */
export function link(url) {
  const to = new URL(url);
  to.hash = new URLSearchParams(JSON.parse(sessionStorage.getItem(KEY)) ?? {});
  return to.href;
}
