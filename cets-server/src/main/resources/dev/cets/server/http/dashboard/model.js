// From what nodes say to what is shown. Pure.
import { span } from './dom.js';

export const byName = new Intl.Collator('en', { numeric: true }).compare;

/** `own`: the status of the serving node; `all`: that of every node, or null before it is known. */
export function model(own, all) {
  const views = { ...(all?.nodes ?? {}), [own.node]: own };
  const nodes = nodesOf(own, all, views);
  const links = linksOf(nodes, views);
  const tables = own.tables.map((table) => tableOf(table, all?.records[table.name]));
  const problems = problemsOf(own, all, views);
  return { own, nodes, links, tables, problems, verdict: verdict(nodes, links, tables, problems) };
}

function nodesOf(own, all, views) {
  const peers = new Map(own.peers.map((peer) => [peer.node, peer]));
  const names = new Set([own.node, ...own.availableNodes, ...own.unavailableNodes, ...peers.keys()]);
  for (const view of Object.values(views)) view.availableNodes.forEach((name) => names.add(name));
  return [...names].sort(byName).map((name) => {
    const peer = peers.get(name);
    const node = { name, self: name === own.node, incarnation: peer?.incarnation ?? '', address: peer?.address ?? '', seconds: peer?.seconds ?? null, reason: '' };
    if (node.self) {
      return { ...node, incarnation: own.incarnation, state: own.state === 'RUNNING' ? 'up' : 'down', reason: own.state === 'RUNNING' ? '' : own.state };
    }
    if (!own.availableNodes.includes(name)) {
      const seenBy = Object.keys(views).filter((other) => views[other].availableNodes.includes(name));
      const reason = peer?.reason || (seenBy.length ? `${own.node} does not see it` : 'never met');
      return { ...node, state: 'down', met: Boolean(peer?.incarnation), reason };
    }
    if (all?.silent[name]) return { ...node, state: 'silent', reason: all.silent[name] };
    return { ...node, state: own.joinedNodes.includes(name) ? 'up' : 'joining' };
  });
}

/** A link as both ends tell of it; an end that says nothing does not count. */
function linksOf(nodes, views) {
  const live = nodes.filter((node) => node.state !== 'down');
  const links = [];
  live.forEach((a, i) => {
    for (const b of live.slice(i + 1)) {
      const ends = [[a, b], [b, a]].filter(([from]) => views[from.name]);
      const sees = ends.map(([from, to]) => views[from.name].availableNodes.includes(to.name));
      const joined = ends.every(([from, to]) => views[from.name].joinedNodes.includes(to.name));
      const state = ends.length === 0 ? 'unknown' : sees.includes(false) ? 'cut' : joined ? 'joined' : 'joining';
      links.push({ a: a.name, b: b.name, state });
    }
  });
  return links;
}

function tableOf(table, counts) {
  const joined = table.linkDetails.filter((link) => link.state === 'joined');
  const since = joined.map((link) => link.equalSince);
  const equalSince = since.length > 0 && !since.includes(null) ? since.sort().at(-1) : null;
  return { ...table, joined: joined.length, peers: table.linkDetails.length, equalSince, elsewhere: Object.values(counts ?? {}) };
}

function problemsOf(own, all, views) {
  const problems = own.reasons.map((reason) => ({ by: own.node, reason }));
  for (const reason of all?.disagreements ?? []) problems.push({ by: 'cluster', reason });
  for (const name of Object.keys(views).sort(byName)) {
    if (name === own.node) continue;
    for (const reason of views[name].reasons) {
      if (!own.reasons.includes(reason)) problems.push({ by: name, reason });
    }
  }
  for (const table of own.tables) {
    if (table.mended > 0) problems.push({ by: own.node, reason: `table ${table.name}: comparisons mended ${table.mended} versions, which is a defect` });
  }
  return problems;
}

/** What to know at 3 a.m., in one line. */
function verdict(nodes, links, tables, problems) {
  const down = nodes.filter((node) => node.state === 'down');
  const silent = nodes.filter((node) => node.state === 'silent');
  const joining = nodes.filter((node) => node.state === 'joining');
  const cut = links.filter((link) => link.state === 'cut');
  const lasting = (list) => (list.length === 1 && list[0].seconds !== null ? `, for ${span(list[0].seconds)}` : '');
  const some = (list) => list.slice(0, 4).map((node) => node.name).join(', ') + (list.length > 4 ? ` and ${list.length - 4} more` : '');
  if (down.length) return { level: 'bad', text: `${down.length} of ${nodes.length} nodes down: ${some(down)}${lasting(down)}` };
  if (cut.length) return { level: 'bad', text: `${cut.length} ${cut.length === 1 ? 'pair of nodes does' : 'pairs of nodes do'} not see each other: ${cut[0].a} and ${cut[0].b}` };
  if (tables.some((table) => table.mended > 0)) return { level: 'bad', text: 'A comparison had to mend a table' };
  if (silent.length) return { level: 'warn', text: `No answer from ${some(silent)}` };
  if (joining.length) return { level: 'warn', text: `Joining: ${some(joining)}` };
  if (problems.length) return { level: 'warn', text: problems.length === 1 ? 'All nodes are up; one thing to look at' : `All nodes are up; ${problems.length} things to look at` };
  return { level: 'good', text: nodes.length === 1 ? 'One node, alone' : `All ${nodes.length} nodes are up and joined` };
}
