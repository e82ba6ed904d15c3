// Speaks the flow's HTTP API. A lost connection is not an error here: calls wait and try again.
import { deviceKey } from './device';
import { pauseBefore, rest } from './patience';
import type { Answers, DocumentType, FlowView, UploadTicket } from './wire';

/** The server understood and said no. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly body: Record<string, unknown>,
  ) {
    super(detail);
  }

  /** The session itself is unknown or erased; nothing more can be done with this link. */
  get sessionGone(): boolean {
    return this.code === 'session_not_found';
  }
}

/** The server kept failing (5xx) for longer than it is worth waiting. */
export class ServerDown extends Error {}

/** No answer at all, or one that says "later". */
class NoAnswer extends Error {
  constructor(readonly fromServer: boolean) {
    super('no answer');
  }
}

const SERVER_TRIES = 6;
const PATIENCE_MS = 45_000;

export class FlowClient {
  constructor(
    private readonly token: string,
    /** Told true when a call starts to wait for the network, false when it got through. */
    private readonly onWaiting: (waiting: boolean) => void,
    private readonly base = '/flow/v1',
  ) {}

  session(): Promise<FlowView> {
    return this.call('GET', '/session');
  }

  open(language: string): Promise<FlowView> {
    return this.call('POST', '/session/open', { language });
  }

  consent(): Promise<FlowView> {
    return this.call('POST', '/session/consent', {});
  }

  choose(nodeId: string, country: string, documentType: DocumentType): Promise<FlowView> {
    const path = `/steps/${encodeURIComponent(nodeId)}/choose`;
    return this.call('POST', path, { country, document_type: documentType });
  }

  /** Sends a code; without an address, to the one that the integrator named. */
  sendCode(nodeId: string, address: { email?: string; phone?: string }): Promise<FlowView> {
    return this.call('POST', `/steps/${encodeURIComponent(nodeId)}/contact`, address);
  }

  checkCode(nodeId: string, code: string): Promise<FlowView> {
    return this.call('POST', `/steps/${encodeURIComponent(nodeId)}/code`, { code });
  }

  discard(nodeId: string, part: string): Promise<FlowView> {
    return this.call('DELETE', `/steps/${encodeURIComponent(nodeId)}/uploads/${encodeURIComponent(part)}`);
  }

  answer(nodeId: string, answers: Answers): Promise<FlowView> {
    return this.call('POST', `/steps/${encodeURIComponent(nodeId)}/answers`, { answers });
  }

  /** Starts an upload, or finds the one begun with the same bytes. */
  beginUpload(
    upload: { node_id: string; part: string; size: number; sha256: string },
    signal?: AbortSignal,
  ): Promise<UploadTicket> {
    return this.call('POST', '/uploads', upload, signal);
  }

  /**
   * Sends one piece, once. Resolves to the next offset, or to null when no answer came and the
   * caller must ask the server how far it got.
   */
  async sendPiece(id: string, offset: number, piece: Blob, signal?: AbortSignal): Promise<number | null> {
    try {
      const answer = await this.once<{ offset: number }>(
        'PUT', `/uploads/${id}?offset=${offset}`, piece, signal,
      );
      return answer.offset;
    } catch (error) {
      if (error instanceof NoAnswer) return null;
      if (error instanceof Refusal && error.code === 'offset_mismatch') return Number(error.body.offset);
      throw error;
    }
  }

  /** Finishes an upload, once; null when no answer came. */
  async completeUpload(id: string, signal?: AbortSignal): Promise<FlowView | null> {
    try {
      return await this.once<FlowView>('POST', `/uploads/${id}/complete`, {}, signal);
    } catch (error) {
      if (error instanceof NoAnswer) return null;
      throw error;
    }
  }

  /** Waits as `call` does between its tries; for callers that repeat on their own. */
  async waitForNetwork(tries: number, signal?: AbortSignal): Promise<void> {
    this.onWaiting(true);
    await rest(pauseBefore(tries), signal);
  }

  private async call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    let serverTries = 0;
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.once<T>(method, path, body, signal);
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        if (error.fromServer && ++serverTries >= SERVER_TRIES) {
          this.onWaiting(false);
          throw new ServerDown();
        }
        // A busy moment of the server passes unnoticed; only what lasts is worth a message.
        if (!error.fromServer || tries > 0) this.onWaiting(true);
        await rest(pauseBefore(tries), signal);
      }
    }
  }

  private async once<T>(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<T> {
    const headers: Record<string, string> = { 'X-Session-Token': this.token, 'X-Device-Key': deviceKey() };
    let payload: BodyInit | undefined;
    if (body instanceof Blob) {
      headers['Content-Type'] = 'application/octet-stream';
      payload = body;
    } else if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
      payload = JSON.stringify(body);
    }
    const response = await this.fetched(path, { method, headers, body: payload, cache: 'no-store' }, signal);
    const answer = await readJson(response);
    const later = response.status >= 500 || response.status === 429 || answer.code === 'busy';
    if (later) throw new NoAnswer(true);
    this.onWaiting(false);
    if (response.ok) return answer as T;
    throw new Refusal(response.status, String(answer.code ?? ''), String(answer.detail ?? ''), answer);
  }

  private async fetched(path: string, init: RequestInit, signal?: AbortSignal): Promise<Response> {
    const limit = AbortSignal.timeout(PATIENCE_MS);
    const stop = signal ? either(signal, limit) : limit;
    try {
      return await fetch(this.base + path, { ...init, signal: stop });
    } catch {
      signal?.throwIfAborted();
      throw new NoAnswer(false);
    }
  }
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    return (await response.json()) as Record<string, unknown>;
  } catch {
    // A body cut off half way, or a proxy's HTML page: nothing that can be acted on.
    if (response.ok) throw new NoAnswer(false);
    return {};
  }
}

/** `AbortSignal.any`, which Safari has only since 17.4. */
function either(one: AbortSignal, other: AbortSignal): AbortSignal {
  const both = new AbortController();
  for (const signal of [one, other]) {
    if (signal.aborted) both.abort(signal.reason);
    signal.addEventListener('abort', () => both.abort(signal.reason), { once: true });
  }
  return both.signal;
}
