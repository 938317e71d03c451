// Asks the node again and again, and shows what it says.
import { follow, json, keepToken, Unauthorized } from './api.js';
import { Browser } from './browser.js';
import { attr, count, span, text } from './dom.js';
import { model } from './model.js';
import * as panels from './panels.js';
import { Picture } from './picture.js';

const $ = (id) => document.getElementById(id);
const CALM_MILLIS = 1000;
const JOINING_MILLIS = 200;
const ALL_MILLIS = 2000;
const HIDDEN_MILLIS = 5000;

const state = { own: null, all: null, history: { conflicts: [], nodeDowns: [] }, answeredAt: 0, problem: '' };
const rates = new panels.Rates();
const browser = new Browser();
const picture = new Picture($('lines'), $('dots'), () => show());

function show() {
  fresh();
  if (!state.own) return;
  const { own, nodes, links, tables, problems, verdict } = model(state.own, state.all);
  const now = Date.parse(own.at) + (Date.now() - state.answeredAt);
  text($('cluster'), own.cluster);
  text($('seen'), `as ${own.node} sees it`);
  document.title = `${verdict.level === 'good' ? '' : '⚠ '}${own.cluster} · CETS`;
  panels.verdict(verdict, problems);
  panels.figures(figures(own, nodes, tables, verdict));
  picture.show(nodes, links);
  const chosen = nodes.find((node) => node.name === picture.current);
  panels.node(chosen, chosen.self ? own : state.all?.nodes[chosen.name]);
  panels.tables(tables, rates, now);
  panels.joins(tables, own.node);
  panels.conflicts(state.history.conflicts, (table, key) => browser.open(table, key));
  panels.losses(state.history.nodeDowns);
  browser.offer(own);
}

function figures(own, nodes, tables) {
  const up = nodes.filter((node) => node.state !== 'down').length;
  const sum = (field) => tables.reduce((total, table) => total + table[field], 0);
  const conflicts = state.history.conflicts.length;
  return [
    { id: 'nodes', name: 'nodes up', value: `${up}/${nodes.length}`, level: up < nodes.length ? 'bad' : 'good' },
    { id: 'joined', name: 'joined', value: `${own.joinedNodes.length}/${nodes.length}`, level: own.joinedNodes.length < nodes.length ? 'warn' : 'good' },
    { id: 'records', name: 'records', value: count(sum('records')), more: sum('hiddenRecords') ? `${count(sum('hiddenRecords'))} hidden` : '' },
    { id: 'rate', name: 'changes/s', value: rates.total() },
    { id: 'waiting', name: 'waiting writes', value: count(sum('unacknowledgedWrites')) },
    { id: 'conflicts', name: 'conflicts', value: conflicts >= 100 ? '100+' : String(conflicts), level: conflicts ? 'warn' : 'plain' },
    { id: 'mended', name: 'mended', value: count(sum('mended')), level: sum('mended') ? 'bad' : 'plain' },
    { id: 'discovery', name: 'discovery', value: own.discoveryWorks ? 'works' : 'fails', level: own.discoveryWorks ? 'plain' : 'bad' },
  ];
}

/** An old picture must not look like a fresh one. */
function fresh() {
  const age = (Date.now() - state.answeredAt) / 1000;
  const stale = state.answeredAt > 0 && age > 4;
  attr(document.body, 'data-stale', stale || null);
  if (state.problem && (stale || !state.own)) {
    text($('fresh'), state.own ? `no answer for ${span(age)}` : state.problem);
    if (stale) panels.verdict({ level: 'bad', text: `The node that serves this page gives no answer: ${state.problem}` }, []);
    else if (!state.own) text($('headline'), state.problem);
  } else text($('fresh'), state.own ? 'live' : '');
}

/** Asks for a token once, whoever finds that one is needed. */
let asking = null;
function askForToken(refused) {
  asking ??= new Promise((done) => {
    if (refused) text($('ask-why'), 'The node does not know that token.');
    $('ask-form').addEventListener('submit', (event) => {
      event.preventDefault();
      keepToken($('token').value.trim());
      $('token').value = '';
      asking = null;
      $('ask').close();
      done();
    }, { once: true });
    $('ask').showModal();
  });
  return asking;
}

// Without a token there is nothing to show: the question stays.
$('ask').addEventListener('close', () => asking && $('ask').showModal());

/** Only the node's own status says whether it answers; the rest may be late. */
async function poll(what, pause) {
  for (;;) {
    try {
      await what();
      if (what === own) state.problem = '';
      show();
    } catch (error) {
      if (error instanceof Unauthorized) {
        await askForToken(error.message === 'refused');
        continue;
      }
      if (what === own) state.problem = error.name === 'TypeError' ? 'it cannot be reached' : error.name === 'TimeoutError' ? 'it takes too long' : error.message;
      fresh();
    }
    await new Promise((done) => setTimeout(done, document.hidden ? HIDDEN_MILLIS : pause()));
  }
}

const isJoining = () => state.own?.tables.some((table) => table.linkDetails.some((link) => link.state === 'joining' || link.state === 'linking'));

async function own() {
  state.own = await json('status');
  state.answeredAt = Date.now();
}

async function begin() {
  // The first answer decides whether a token is needed; everything else begins after it.
  const first = poll(own, () => (isJoining() ? JOINING_MILLIS : CALM_MILLIS));
  while (!state.own) await new Promise((done) => setTimeout(done, 50));
  poll(async () => (state.all = await json('status?all=true')), () => ALL_MILLIS);
  poll(async () => (state.history = await json('history')), () => ALL_MILLIS);
  follow('counts', new AbortController().signal, (event) => {
    if (event.event !== 'counts') return;
    rates.told(event);
    show();
  }, () => rates.clear());
  await first;
}

setInterval(fresh, 1000);
begin();
