// Everything between the verdict and the records.
import { attr, bytes, clock, count, el, keyed, span, svg, text } from './dom.js';

const SAMPLES = 60;
const HEIGHT = 16;
const $ = (id) => document.getElementById(id);

export function verdict({ level, text: words }, problems) {
  attr($('verdict'), 'data-level', level);
  text($('headline'), words);
  keyed($('problems'), problems, (p) => `${p.by}\n${p.reason}`, (p) => el('li', {}, el('b', { text: p.by }), ` ${p.reason}`), () => {});
}

export function figures(list) {
  keyed($('figures'), list, (f) => f.name,
    (f) => el('div', { id: `f-${f.id}` }, el('dt', { text: f.name }), el('dd'), el('small')),
    (box, f) => {
      attr(box, 'data-level', f.level ?? 'plain');
      text(box.children[1], f.value);
      text(box.children[2], f.more ?? '');
    });
}

/** Changes per second of each table: the last minute. */
export class Rates {
  constructor() {
    this.samples = new Map();
  }

  /** A gap of the node's own count makes the number a lower bound. */
  told(event) {
    for (const table of event.tables) {
      const list = this.samples.get(table.name) ?? [];
      list.push({ rate: (table.local + table.others) / event.seconds, atLeast: table.gaps > 0 });
      this.samples.set(table.name, list.slice(-SAMPLES));
    }
  }

  clear() {
    this.samples.clear();
  }

  now(table) {
    const last = this.samples.get(table)?.at(-1);
    return last ? (last.atLeast ? '≥' : '') + count(Math.round(last.rate)) : '–';
  }

  total() {
    const last = [...this.samples.values()].map((list) => list.at(-1).rate);
    return last.length ? count(Math.round(last.reduce((a, b) => a + b, 0))) : '–';
  }

  path(table, width) {
    const list = this.samples.get(table) ?? [];
    const top = Math.max(1, ...list.map((sample) => sample.rate));
    const step = width / (SAMPLES - 1);
    const from = width - (list.length - 1) * step;
    return list.map((s, i) => `${i ? 'L' : 'M'}${(from + i * step).toFixed(1)} ${(HEIGHT - 1 - (s.rate / top) * (HEIGHT - 2)).toFixed(1)}`).join('');
  }
}

export function tables(list, rates, now) {
  keyed($('table-rows'), list, (t) => t.name,
    (t) => el('tr', { 'data-table': t.name },
      el('th', { scope: 'row' }, el('b', { text: t.name }), el('small')),
      el('td', { class: 'n' }), el('td', { class: 'n' }),
      el('td', { class: 'n rate' }, svg('svg', { viewBox: `0 0 60 ${HEIGHT}`, 'aria-hidden': 'true' }, svg('path')), el('span')),
      el('td', { class: 'n' }), el('td'), el('td')),
    (row, t) => {
      const [name, records, hidden, rate, waiting, equal, leader] = row.children;
      attr(name, 'title', t.name);
      text(name.lastChild, `${t.type} · ${t.ownership === 'KEEP' ? 'kept' : 'owned'}`);
      text(records, count(t.records));
      const differs = t.elsewhere.some((n) => n !== t.elsewhere[0]);
      attr(records, 'title', differs ? `${count(Math.min(...t.elsewhere))} to ${count(Math.max(...t.elsewhere))} on other nodes` : null);
      text(hidden, t.hiddenRecords ? count(t.hiddenRecords) : '–');
      attr(rate.firstChild.firstChild, 'd', rates.path(t.name, 60));
      text(rate.lastChild, rates.now(t.name));
      text(waiting, t.unacknowledgedWrites ? count(t.unacknowledgedWrites) : '–');
      text(equal, equality(t, now));
      attr(equal, 'class', t.mended ? 'bad' : t.joined < t.peers ? 'warn' : t.equalSince ? 'good' : 'soft');
      attr(equal, 'title', t.equalSince ? `comparisons with all joined nodes find nothing since ${t.equalSince}` : null);
      text(leader, t.leader);
      attr(leader, 'title', t.leader);
    });
}

function equality(table, now) {
  if (table.mended) return `mended ${count(table.mended)}`;
  if (table.joined === 0) return table.peers ? 'no link' : 'alone';
  const nodes = table.joined < table.peers ? `${table.joined} of ${table.peers}, ` : '';
  return nodes + (table.equalSince ? `for ${span((now - Date.parse(table.equalSince)) / 1000)}` : 'not compared');
}

/** What this node fetches from others, and who waits. */
export function joins(list, own) {
  const rows = list.flatMap((table) => table.linkDetails
    .filter((link) => link.state === 'joining' || link.progress)
    .map((link) => ({ table: table.name, node: link.node, progress: link.progress })));
  keyed($('joins'), rows, (r) => `${r.table}\n${r.node}`,
    (r) => {
      const bar = el('progress', { max: 100, value: 0, 'aria-label': `${own} fetches ${r.table} from ${r.node}` });
      return el('li', { 'data-node': r.node }, el('span', { text: `${own} ← ${r.node}` }), el('b', { text: r.table }), bar, el('span', { class: 'n' }));
    },
    (row, r) => {
      const [, , bar, words] = row.children;
      if (r.progress) attr(bar, 'value', r.progress.percent);
      text(words, r.progress ? `${r.progress.percent} % · ${count(r.progress.records)} records · ${bytes(r.progress.bytes)}` : 'waits');
    });
  attr($('joins'), 'data-empty', rows.length === 0 ? 'No join is under way.' : null);
}

const others = (nodes) => (nodes.length === 2 ? '1 other' : `${nodes.length - 1} others`);

/** The chosen node, as the serving one sees it and as it sees itself. */
export function node(chosen, view) {
  const down = chosen.state === 'down';
  const facts = [
    ['node', chosen.name + (chosen.self ? ' (serves this page)' : '')],
    ['state', `${{ up: 'up', joining: 'joining', silent: 'connected, no answer', down: 'down' }[chosen.state]}${chosen.seconds === null ? '' : ` for ${span(chosen.seconds)}`}`],
    [down || chosen.reason ? 'why' : 'sees', chosen.reason || (view ? `${others(view.availableNodes)}, joined with ${view.joinedNodes.length - 1}` : '–')],
    ['address', chosen.address || '–'],
    ['run', chosen.incarnation || '–'],
  ];
  keyed($('node'), facts, (fact) => facts.indexOf(fact), () => el('div', {}, el('dt'), el('dd')), () => {});
  [...$('node').children].forEach((box, i) => {
    text(box.firstChild, facts[i][0]);
    text(box.lastChild, facts[i][1]);
    attr(box.lastChild, 'title', facts[i][1]);
  });
}

export function conflicts(list, open) {
  const root = $('conflicts');
  text(root.querySelector('.count'), list.length ? `${list.length >= 100 ? 'last ' : ''}${list.length}` : '');
  attr(root.querySelector('.list'), 'data-empty', list.length ? null : 'No key was written on both sides of a split.');
  keyed(root.querySelector('.list'), list, (c) => `${c.at}\n${c.table}\n${c.key}`,
    (c) => {
      const key = el('button', { type: 'button', text: c.key, title: 'show what stands now' });
      key.addEventListener('click', () => open(c.table, c.key));
      return el('li', {}, el('time', { datetime: c.at, text: clock(c.at) }), el('span', { text: c.table }), key,
        el('ol', {}, ...c.versions.map((v) => el('li', {},
          el('b', { text: v.node }), el('time', { datetime: v.writtenAt, text: clock(v.writtenAt) }),
          el('code', { text: v.text + (v.cut ? '…' : ''), title: v.incarnation })))));
    }, () => {});
}

/** One line per loss: a node's tables lose it within moments of each other. */
export function losses(list) {
  const grouped = [];
  for (const loss of list) {
    const same = grouped.find((g) => g.node === loss.node && Date.parse(g.at) - Date.parse(loss.at) < 2000);
    if (same) {
      same.tables.add(loss.table);
      same.first = loss.at;
    } else grouped.push({ node: loss.node, at: loss.at, first: loss.at, tables: new Set([loss.table]) });
  }
  const root = $('losses');
  text(root.querySelector('.count'), grouped.length ? String(grouped.length) : '');
  attr(root.querySelector('.list'), 'data-empty', grouped.length ? null : 'None since this node began.');
  keyed(root.querySelector('.list'), grouped, (g) => `${g.first}\n${g.node}`,
    (g) => el('li', {}, el('time', { datetime: g.first, text: clock(g.first) }), el('b', { text: g.node }), el('span')),
    (row, g) => text(row.lastChild, [...g.tables].sort().join(', ')));
}
