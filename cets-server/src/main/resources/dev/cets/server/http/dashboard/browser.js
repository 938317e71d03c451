// Records of one table by prefix, and what changes among them.
import { follow, lines } from './api.js';
import { attr, clock, count, el, keyed, text } from './dom.js';
import { byName } from './model.js';

const PAGE = 200;
const MAX_CHANGES = 60;
const $ = (id) => document.getElementById(id);

export class Browser {
  constructor() {
    this.tables = [];
    this.rows = [];
    this.changes = [];
    this.serial = 0;
    this.reading = new AbortController();
    this.watching = new AbortController();
    $('search').addEventListener('submit', (event) => event.preventDefault());
    $('prefix').addEventListener('input', () => this.soon());
    $('table').addEventListener('change', () => this.restart());
    $('by').addEventListener('change', () => this.restart());
    $('live').addEventListener('change', () => this.restart());
    $('rows').addEventListener('keydown', (event) => this.key(event));
    $('rows').addEventListener('focus', () => this.chosen === undefined && this.choose(0));
    document.addEventListener('keydown', (event) => {
      if (event.key === '/' && !event.target.matches('input, select') && !$('ask').open) {
        event.preventDefault();
        $('prefix').focus();
        $('prefix').select();
      }
    });
  }

  /** What there is to choose from. */
  offer(own) {
    const names = own.tables.map((table) => table.name);
    this.tables = own.tables;
    options($('table'), names.map((name) => [name, name]));
    options($('by'), [['', `${own.node} (here)`], ...own.availableNodes.filter((n) => n !== own.node).sort(byName).map((n) => [n, n])]);
    if (names.length && !this.begun) {
      this.begun = true;
      this.restart();
    }
  }

  open(table, key) {
    $('table').value = table;
    $('by').value = '';
    $('prefix').value = key;
    this.restart();
    $('prefix').focus();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.read(), 120);
  }

  /** Another table: what was shown of the last one goes. */
  restart() {
    this.watching.abort();
    this.watching = new AbortController();
    this.changes = [];
    this.following = false;
    this.read();
    if ($('live').checked && $('by').value === '') {
      const path = `tables/${encodeURIComponent($('table').value)}/watch`;
      // Read again when the stream begins: what changed before it was told by nobody.
      follow(path, this.watching.signal, (event) => this.told(event), () => {
        this.following = true;
        this.soon();
      });
    }
    this.paint();
  }

  get keyField() {
    return this.tables.find((table) => table.name === $('table').value)?.keyField ?? 'id';
  }

  async read() {
    this.reading.abort();
    this.reading = new AbortController();
    const query = new URLSearchParams({ prefix: $('prefix').value, limit: PAGE + 1 });
    if (query.get('prefix') === '') query.delete('prefix');
    if ($('by').value) query.set('node', $('by').value);
    this.touched = new Map();
    try {
      const found = await lines(`tables/${encodeURIComponent($('table').value)}/records?${query}`, this.reading.signal);
      this.rows = found.map((line) => ({ id: this.idOf(line), key: this.keyOf(line), line }));
      for (const [id, row] of this.touched) this.apply(id, row);
      this.problem = '';
    } catch (error) {
      if (error.name === 'AbortError') return;
      this.problem = error.message;
    }
    this.touched = null;
    this.paint();
  }

  get isBag() {
    return this.tables.find((table) => table.name === $('table').value)?.type === 'bag';
  }

  keyOf(line) {
    return String(JSON.parse(line)[this.keyField]);
  }

  /** A bag has several records of one key. */
  idOf(line) {
    return this.isBag ? line : this.keyOf(line);
  }

  told(event) {
    if (event.event === 'gap') this.soon();
    if (!('key' in event)) {
      if (event.event === 'gap') this.log({ kind: 'gap', key: 'changes left out', cause: '' });
      return;
    }
    const fresh = event.new === undefined ? null : JSON.stringify(event.new);
    const old = event.old === undefined ? null : JSON.stringify(event.old);
    this.log({ kind: event.event, key: event.key, cause: event.cause });
    if (event.key.startsWith($('prefix').value)) {
      const id = this.isBag ? (fresh ?? old) : event.key;
      const row = fresh === null ? null : { id, key: event.key, line: fresh, fresh: true };
      if (this.touched) this.touched.set(id, row);
      else this.apply(id, row);
    }
    this.paint();
  }

  apply(id, row) {
    const at = this.rows.findIndex((other) => other.id === id);
    if (row === null) {
      if (at >= 0) this.rows.splice(at, 1);
    } else if (at >= 0) this.rows[at] = row;
    else {
      const before = this.rows.findIndex((other) => compare(other.key, row.key) > 0);
      this.rows.splice(before < 0 ? this.rows.length : before, 0, row);
      this.rows.length = Math.min(this.rows.length, PAGE + 1);
    }
  }

  log(change) {
    this.changes.unshift({ ...change, serial: ++this.serial, at: Date.now() });
    this.changes.length = Math.min(this.changes.length, MAX_CHANGES);
  }

  /** Once per frame at most, whatever comes. */
  paint() {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.frame = 0;
    const shown = this.rows.slice(0, PAGE);
    text($('found'), this.problem || (this.rows.length > PAGE ? `the first ${count(PAGE)}` : `${count(shown.length)} found`));
    attr($('found'), 'class', this.problem ? 'bad' : null);
    keyed($('rows'), shown, (row) => row.id,
      (row) => {
        const line = el('div', { role: 'option', class: 'row' }, el('b', { text: row.key }), el('code'));
        line.addEventListener('click', () => this.choose(this.rows.findIndex((other) => other.id === row.id)));
        return line;
      },
      (line, row) => {
        text(line.lastChild, row.line.length > 400 ? `${row.line.slice(0, 400)}…` : row.line);
        const chosen = row.id === this.chosen;
        attr(line, 'aria-selected', chosen);
        attr(line, 'id', chosen ? 'chosen' : null);
        attr(line, 'class', row.fresh ? 'row fresh' : 'row');
      });
    attr($('rows'), 'aria-activedescendant', shown.some((row) => row.id === this.chosen) ? 'chosen' : null);
    const chosen = this.rows.find((row) => row.id === this.chosen);
    text($('record'), chosen ? pretty(chosen.line) : '');
    keyed($('changes'), this.changes, (change) => change.serial,
      (change) => el('li', { 'data-kind': change.kind }, el('time', { text: clock(change.at) }), el('i', { text: change.kind }), el('b', { text: change.key, title: change.key }), el('small', { text: (change.cause ?? '').toLowerCase().replace('_', ' ') })),
      () => {});
    attr($('changes'), 'data-empty', this.changes.length ? null : $('by').value ? 'Changes are followed on the serving node alone.' : !$('live').checked ? 'Not followed.' : this.following ? 'Changes show here as they come.' : 'Asking the node…');
  }

  choose(index) {
    const row = this.rows[Math.max(0, Math.min(index, Math.min(this.rows.length, PAGE) - 1))];
    if (!row) return;
    this.chosen = row.id;
    this.draw();
    document.getElementById('chosen')?.scrollIntoView({ block: 'nearest' });
  }

  key(event) {
    const at = this.rows.findIndex((row) => row.id === this.chosen);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 10, PageUp: at - 10, Home: 0, End: PAGE }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.choose(to);
  }
}

/** By code points, as the node does. */
function compare(a, b) {
  const x = [...a];
  const y = [...b];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const difference = x[i].codePointAt(0) - y[i].codePointAt(0);
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}

function pretty(line) {
  try {
    return JSON.stringify(JSON.parse(line), null, 2);
  } catch {
    return line;
  }
}

function options(select, pairs) {
  const chosen = select.value;
  keyed(select, pairs, ([value]) => value, ([value, words]) => el('option', { value, text: words }), () => {});
  if (pairs.some(([value]) => value === chosen)) select.value = chosen;
}
