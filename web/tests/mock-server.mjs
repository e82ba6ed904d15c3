// The flow's HTTP API with its state in memory, and the built page under the strict headers that
// the real server sends. Tests change `sessions` directly and cause faults through `faults`.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../dist/flow/', import.meta.url));
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const CHUNK = 64 * 1024;
const MOST = 10 * 1024 * 1024;

/** The headers of the page itself; the production server sends the same. */
export const PAGE_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; " +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *; " +
    "require-trusted-types-for 'script'; trusted-types svelte-trusted-html",
  'Permissions-Policy': 'camera=(self), microphone=(), geolocation=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

/** A session as the mock keeps it; `over` replaces parts of it. */
export function newSession(over = {}) {
  return {
    session_id: randomUUID(), status: 'Not Started', environment: 'live', language: null,
    application_name: 'Northwind Bank', consent_given: false, privacy_url: 'https://northwind.example/privacy',
    callback: null, redirect_after_seconds: 3,
    document_types: ['P', 'ID', 'DL'], countries: null, capture_methods: ['CAMERA_SCAN', 'UPLOAD'],
    state: 'choose', attempts_left: 3, country: null, document_type: null, uploaded: [], warnings: [],
    /** A questionnaire instead of a document, and what the server finds wrong with its answers, in order. */
    form: null, wrong: [],
    result: null, uploads: new Map(), received: new Map(), accepted: [],
    /** What the checks will say, in order: 'Approved', 'Declined', 'In Review' or { retry: [risks] }. */
    outcomes: ['Approved'],
    checkMs: 300,
    /** A contact step instead of the document: `{kind, value, fixed, countries, corporate_only}`. */
    contact: null,
    code: null,
    rightCode: '482913',
    ...over,
  };
}

const sidesOf = (session) => (session.document_type === 'P' ? ['front'] : ['front', 'back']);
const warning = (risk) => ({ risk, short_description: risk });

const stepOf = (session) => (session.form
  ? { node_id: 'questionnaire_1', feature: 'QUESTIONNAIRE' } : { node_id: 'id_verification_1', feature: 'OCR' });

const formStep = (session) => ({
  ...stepOf(session), state: 'form', attempts_left: 1, document_types: [], countries: null, country: null,
  document_type: null, sides: [], uploaded: session.uploaded, capture_methods: [], warnings: [], form: session.form,
});

function viewOf(session) {
  const ended = session.result !== null;
  const done = ended || session.state === 'done';
  return {
    session_id: session.session_id, status: session.status, environment: session.environment,
    language: session.language, application_name: session.application_name,
    consent_given: session.consent_given, privacy_url: session.privacy_url,
    redirect_url: ended && session.callback
      ? `${session.callback}?verificationSessionId=${session.session_id}&status=${encodeURIComponent(session.status)}`
      : null,
    redirect_after_seconds: session.redirect_after_seconds,
    steps: [{ ...(session.contact ? { node_id: 'contact_1', feature: FEATURES[session.contact.kind] } : stepOf(session)), state: done ? 'done' : 'current' }],
    step: done ? null : session.form ? formStep(session) : session.contact ? contactStep(session) : {
      node_id: 'id_verification_1', feature: 'OCR', state: session.state, attempts_left: session.attempts_left,
      document_types: session.document_types, countries: session.countries, country: session.country,
      document_type: session.document_type, sides: sidesOf(session), uploaded: session.uploaded,
      capture_methods: session.capture_methods, warnings: session.state === 'retry' ? session.warnings : [],
    },
    result: session.result,
  };
}

const FEATURES = { email: 'EMAIL_VERIFICATION', phone: 'PHONE_VERIFICATION' };

function contactStep(session) {
  const { contact, code } = session;
  const since = code ? Math.floor((Date.now() - code.at) / 1000) : 0;
  return {
    node_id: 'contact_1', feature: FEATURES[contact.kind], state: code ? 'code' : 'contact', attempts_left: 1,
    document_types: [], countries: null, country: null, document_type: null, sides: [], uploaded: [],
    capture_methods: [], warnings: [],
    contact: {
      value: null, fixed: false, countries: null, corporate_only: false, ...contact,
      code: code && {
        sent_to: code.to, channel: contact.kind === 'email' ? 'email' : 'sms', size: 6, alphanumeric: false,
        expires_in: code.lives - since, resend_in: Math.max(0, code.pause - since), sends_left: code.sends, checks_left: code.checks,
      },
    },
  };
}

class Refused extends Error {
  constructor(status, code, extra = {}) {
    super(code);
    Object.assign(this, { status, body: { detail: code, code, ...extra } });
  }
}

function startCheck(session) {
  session.state = 'checking';
  setTimeout(() => {
    const outcome = session.outcomes.shift() ?? 'Approved';
    session.uploaded = [];
    session.uploads.clear();
    if (outcome.retry) {
      Object.assign(session, { state: 'retry', attempts_left: session.attempts_left - 1, warnings: outcome.retry.map(warning) });
    } else if (outcome === 'unavailable') {
      session.state = 'unavailable';
    } else {
      session.status = outcome.status ?? outcome;
      session.result = { status: session.status, warnings: (outcome.warnings ?? []).map(warning) };
    }
  }, session.checkMs);
}

const KINDS = [/^\xff\xd8\xff/, /^\x89PNG/, /^RIFF....WEBP/s, /^II\*\0/, /^MM\0\*/];

/** Routes: method, pattern, handler(session, match, body, query). */
const ROUTES = [
  ['GET', /^\/session$/, (session) => viewOf(session)],
  ['POST', /^\/session\/open$/, (session, _m, body) => {
    session.opened = JSON.parse(body);
    if (session.status === 'Not Started') session.status = 'In Progress';
    return viewOf(session);
  }],
  ['POST', /^\/session\/consent$/, (session) => {
    session.consent_given = true;
    return viewOf(session);
  }],
  ['POST', /^\/steps\/[^/]+\/choose$/, (session, _m, body) => {
    const { country, document_type: type } = JSON.parse(body);
    if (!session.document_types.includes(type) || session.refuseDocument) throw new Refused(400, 'document_not_allowed');
    Object.assign(session, { country, document_type: type, uploaded: [], state: session.state === 'choose' ? 'capture' : session.state });
    return viewOf(session);
  }],
  ['POST', /^\/steps\/[^/]+\/contact$/, (session, _m, body) => {
    const typed = JSON.parse(body)[session.contact.kind];
    session.asked = [...(session.asked ?? []), typed];
    if (session.refuseContact) throw new Refused(400, session.refuseContact.shift() ?? 'not_sent');
    const sends = session.code ? session.code.sends - 1 : 2;
    session.code = { to: typed, at: Date.now(), lives: session.lives ?? 300, pause: session.pause ?? 30, sends, checks: 2 };
    return viewOf(session);
  }],
  ['POST', /^\/steps\/[^/]+\/code$/, (session, _m, body) => {
    if (JSON.parse(body).code === session.rightCode) {
      session.status = 'Approved';
    } else {
      session.code.checks -= 1;
      if (session.code.checks > 0) throw new Refused(400, 'wrong_code', { attempts_left: session.code.checks });
      session.status = 'Declined';
    }
    const warnings = session.status === 'Declined' ? [warning('EMAIL_CODE_ATTEMPTS_EXCEEDED')] : [];
    session.result = { status: session.status, warnings };
    return viewOf(session);
  }],
  ['POST', /^\/uploads$/, (session, _m, body) => {
    const wanted = JSON.parse(body);
    if (!session.form && !['capture', 'retry'].includes(session.state)) throw new Refused(409, 'step_not_open');
    if (wanted.size > MOST) throw new Refused(400, 'too_large');
    const key = `${wanted.part}/${wanted.sha256}`;
    const known = session.uploads.get(key);
    const upload = known ?? { ...wanted, id: randomUUID(), bytes: Buffer.alloc(0) };
    session.uploads.set(key, upload);
    return [known ? 200 : 201, { upload_id: upload.id, offset: upload.bytes.length, chunk_bytes: CHUNK }];
  }],
  ['PUT', /^\/uploads\/([^/]+)$/, (session, match, body, query) => {
    const upload = [...session.uploads.values()].find(({ id }) => id === match[1]);
    if (!upload) throw new Refused(404, 'upload_not_found');
    if (Number(query.get('offset')) !== upload.bytes.length) {
      throw new Refused(409, 'offset_mismatch', { offset: upload.bytes.length });
    }
    session.accepted.push([upload.bytes.length, body.length]);
    upload.bytes = Buffer.concat([upload.bytes, body]);
    return { offset: upload.bytes.length };
  }],
  ['POST', /^\/uploads\/([^/]+)\/complete$/, (session, match) => {
    const upload = [...session.uploads.values()].find(({ id }) => id === match[1]);
    if (!upload) throw new Refused(404, 'upload_not_found');
    const digest = createHash('sha256').update(upload.bytes).digest('hex');
    if (upload.bytes.length !== upload.size || digest !== upload.sha256) throw new Refused(400, 'checksum_mismatch');
    const pdf = session.form && upload.bytes.toString('latin1', 0, 5) === '%PDF-';
    if (!pdf && !KINDS.some((kind) => kind.test(upload.bytes.toString('latin1', 0, 16)))) throw new Refused(400, 'not_an_image');
    session.received.set(upload.part, upload.bytes);
    session.uploaded = [...session.uploaded, upload.part];
    if (session.state === 'retry') session.state = 'capture';
    if (!session.form && sidesOf(session).every((side) => session.uploaded.includes(side))) startCheck(session);
    return viewOf(session);
  }],
  ['POST', /^\/steps\/[^/]+\/answers$/, (session, _m, body) => {
    session.answers = JSON.parse(body).answers;
    const wrong = session.wrong.shift();
    if (wrong) throw new Refused(400, 'invalid', { answers: wrong });
    Object.assign(session, { status: 'Approved', result: { status: 'Approved', warnings: [] } });
    return viewOf(session);
  }],
  ['DELETE', /^\/steps\/[^/]+\/uploads\/([^/]+)$/, (session, match) => {
    session.uploaded = session.uploaded.filter((part) => part !== match[1]);
    session.uploads.clear();
    return viewOf(session);
  }],
];

/** Starts the mock on a free port of 127.0.0.1. */
export async function startMock() {
  const sessions = new Map();
  const faults = { offline: false, cutAfterPieces: null, loseCompletion: false, slowMs: 0, status: null, refusals: [] };
  const calls = [];

  async function api(request, response, url) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    calls.push(`${request.method} ${url.pathname.replace('/flow/v1', '')}`);
    if (faults.slowMs) await new Promise((resolve) => setTimeout(resolve, faults.slowMs));
    if (faults.offline) return request.socket.destroy();
    if (faults.status) return send(response, faults.status, { detail: 'down', code: 'down' });
    if (request.method === 'PUT' && faults.cutAfterPieces !== null && faults.cutAfterPieces-- <= 0) {
      faults.cutAfterPieces = null;
      faults.offline = true;
      return request.socket.destroy();
    }
    if (faults.refusals.length > 0 && faults.refusals[0].when.test(`${request.method} ${url.pathname}`)) {
      const { status, code } = faults.refusals.shift();
      return send(response, status, { detail: code, code });
    }
    const session = sessions.get(request.headers['x-session-token']);
    if (!session) return send(response, 404, { detail: 'Not found.', code: 'session_not_found' });
    const path = url.pathname.replace('/flow/v1', '');
    for (const [method, pattern, handle] of ROUTES) {
      const match = request.method === method && pattern.exec(path);
      if (!match) continue;
      const answer = handle(session, match, body, url.searchParams);
      if (path.endsWith('/complete') && faults.loseCompletion) {
        faults.loseCompletion = false;
        return request.socket.destroy();
      }
      return Array.isArray(answer) ? send(response, answer[0], answer[1]) : send(response, 200, answer);
    }
    send(response, 404, { detail: 'No such route.', code: 'not_found' });
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://mock');
    if (url.pathname.startsWith('/flow/v1/')) {
      api(request, response, url).catch((error) => {
        if (error instanceof Refused) send(response, error.status, error.body);
        else send(response, 500, { detail: String(error), code: 'bug' });
      });
    } else if (url.pathname.startsWith('/static/flow/')) file(response, url.pathname.slice('/static/flow/'.length), {});
    else if (/^\/([A-Za-z-]+\/)?session\//.test(url.pathname)) file(response, 'flow.html', PAGE_HEADERS);
    else if (url.pathname === '/frame') frame(response, url);
    else send(response, 200, { callback: url.search });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin, sessions, faults, calls,
    add(token, over) {
      const session = newSession(over);
      sessions.set(token, session);
      return session;
    },
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

function send(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** Serves the Brotli sibling, as the real server does to browsers that take it. */
function file(response, name, headers) {
  const path = join(DIST, normalize(name));
  if (!path.startsWith(DIST) || !existsSync(`${path}.br`)) return send(response, 404, { detail: 'no file' });
  response.writeHead(200, {
    'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream', 'Content-Encoding': 'br',
    'X-Content-Type-Options': 'nosniff', ...headers,
  });
  response.end(readFileSync(`${path}.br`));
}

/** A page that embeds a session, with or without delegating the camera, and records messages. */
function frame(response, url) {
  const allow = url.searchParams.get('allow') ?? '';
  response.writeHead(200, { 'Content-Type': 'text/html' });
  response.end(`<!doctype html><title>Shop</title><script>window.got=[];addEventListener('message',(e)=>got.push(e.data))</script>
    <iframe src="${url.searchParams.get('src')}" allow="${allow}" width="500" height="700" title="Verification"></iframe>`);
}
